// The client's code against the real server, without VS Code: where it is, which files it takes, what it answers.
//
// usage: node test/server.test.mjs PROGRAM
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { documents, profileAt, program, resolved } = require("../dist/server.js");
const rpc = require("vscode-languageserver-protocol/node");
const here = process.argv[2] ?? process.env.ANYCLOUD_LINT ?? "anycloud-lint";

const check = async (text, test) => {
  try {
    await test();
    console.log(`ok ${text}`);
  } catch (error) {
    console.log(`FAILED ${text}: ${error.message}`);
    process.exitCode = 1;
  }
};

await check("the program that is set is run, else the one that comes along, else the one on the path", () => {
  const there = (file) => file === path.join("/ext", "server", "anycloud-lint");
  assert.equal(program("/my/own", "/ext", there, "linux"), "/my/own");
  assert.equal(program("", "/ext", there, "linux"), path.join("/ext", "server", "anycloud-lint"));
  assert.equal(program("", "/ext", () => false, "linux"), "anycloud-lint");
  assert.equal(program("", "/ext", () => false, "win32"), "anycloud-lint.exe");
});

await check("the profile at the cursor is found", () => {
  const lines = "version: 1\nprofiles:\n  .base:\n    region: x\n  'west':\n    credentials:\n      cloudProvider: AWS\nother:\n  a: 1".split("\n");
  assert.equal(profileAt(lines, 2), ".base");
  assert.equal(profileAt(lines, 3), ".base");
  assert.equal(profileAt(lines, 6), "west");
  assert.equal(profileAt(lines, 8), undefined);
  assert.equal(profileAt(lines, 0), undefined);
});

const folder = mkdtempSync(path.join(tmpdir(), "anycloud-"));
const file = path.join(folder, "anycloud.yaml");
const TEXT = "profiles:\n  .base:\n    region: us-east-1\n  west:\n    extends: .base\n    vm_type: g6e.xlarge\n";
writeFileSync(file, TEXT);
const uri = pathToFileURL(file).href;
const server = spawn(program(here, folder, () => false), ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((resolve) => server.on("exit", resolve));
const connection = rpc.createProtocolConnection(
  new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
const published = new Promise((resolve) =>
  connection.onNotification(rpc.PublishDiagnosticsNotification.type, (params) => resolve(params)));
connection.onRequest("workspace/configuration", ({ items }) => items.map(() => ({ inlayHints: true })));
connection.onRequest("client/registerCapability", () => null);
connection.onRequest("workspace/inlayHint/refresh", () => null);
connection.listen();

await check("the server starts and says what it can do", async () => {
  const result = await connection.sendRequest(rpc.InitializeRequest.type, {
    processId: process.pid, rootUri: pathToFileURL(folder).href, workspaceFolders: null,
    capabilities: { workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } } },
    initializationOptions: { inlayHints: false },
  });
  assert.equal(result.serverInfo.name, "anycloud-lint");
  assert.ok(result.capabilities.completionProvider && result.capabilities.inlayHintProvider);
  await connection.sendNotification(rpc.InitializedNotification.type, {});
});

await check("a file that matches the client's selector gets its diagnostics", async () => {
  assert.ok(documents()[0].pattern.includes("anycloud"));
  await connection.sendNotification(rpc.DidOpenTextDocumentNotification.type,
    { textDocument: { uri, languageId: documents()[0].language, version: 1, text: TEXT } });
  const { diagnostics } = await published;
  assert.deepEqual(diagnostics.map(({ code }) => code), ["AC101"]);
});

await check("the resolved profile is asked for", async () => {
  const text = await resolved((method, params) => connection.sendRequest(method, params), uri, "west");
  assert.equal(text, "west:\n  region: us-east-1  # from .base, line 3\n");
});

await check("settings are asked for and counted", async () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const hints = await connection.sendRequest("textDocument/inlayHint", { textDocument: { uri }, range });
  assert.ok(hints.length > 0, "hints");
});

await check("the server ends when it is told", async () => {
  await connection.sendRequest(rpc.ShutdownRequest.type);
  await connection.sendNotification(rpc.ExitNotification.type);
  assert.equal(await ended, 0);
});
connection.dispose();
