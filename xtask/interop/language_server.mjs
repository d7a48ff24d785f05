// yaml-language-server with our schema: a file with a mistake gets a diagnostic, fields get hover and completion.
//
// usage: node language_server.mjs NODE_FOLDER SCHEMA
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

const [folder, schema] = process.argv.slice(2);
const LIMIT = 30_000;
const TEXT = "profiles:\n  train:\n    vm_type: g6e.xlarge\n    diskTier: high\n    \n";
const uri = "file:///project/anycloud.yaml";
const server = spawn("node", [`${folder}/node_modules/yaml-language-server/bin/yaml-language-server`, "--stdio"]);

let buffer = Buffer.alloc(0);
let next = 1;
const waiting = new Map();
const listeners = new Map();

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
const notify = (method, params) => send({ method, params });
const within = (what, promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what} within ${LIMIT / 1000} s`)), LIMIT).unref()),
  ]);
const request = (method, params) =>
  within(method, new Promise((resolve) => { waiting.set(next, resolve); send({ id: next++, method, params }); }));

const settings = {
  yaml: { schemas: { [pathToFileURL(schema).href]: "anycloud.yaml" }, schemaStore: { enable: false },
    validate: true, hover: true, completion: true, format: { enable: false } },
};

function receive(message) {
  if (message.id !== undefined && message.method) {
    const answer = message.method === "workspace/configuration"
      ? message.params.items.map(({ section }) => settings[section] ?? {}) : null;
    send({ id: message.id, result: answer });
  } else if (message.id !== undefined) {
    waiting.get(message.id)?.(message.result);
  } else {
    listeners.get(message.method)?.(message.params);
  }
}

server.stdout.on("data", (chunk) => {
  buffer = Buffer.concat([buffer, chunk]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) return;
    const body = buffer.subarray(end + 4, end + 4 + length).toString();
    buffer = buffer.subarray(end + 4 + length);
    receive(JSON.parse(body));
  }
});

const check = (passes, text, shown) => console.log(passes ? `ok ${text}` : `FAILED ${text}: ${JSON.stringify(shown)}`);

try {
  await request("initialize", { processId: process.pid, rootUri: "file:///work",
    capabilities: { workspace: { configuration: true }, textDocument: { hover: { contentFormat: ["markdown"] } } } });
  notify("initialized", {});
  notify("workspace/didChangeConfiguration", { settings });
  const diagnostics = within("diagnostics", new Promise((resolve) => {
    listeners.set("textDocument/publishDiagnostics", (params) => {
      if (params.uri === uri && params.diagnostics.length > 0) resolve(params.diagnostics);
    });
  }));
  notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text: TEXT } });
  const found = await diagnostics;
  check(found.some((entry) => entry.range.start.line === 2 && entry.message.includes("vm_type")),
    "yaml-language-server reports `vm_type` where it stands", found);
  const hover = await request("textDocument/hover", { textDocument: { uri }, position: { line: 3, character: 6 } });
  check(JSON.stringify(hover ?? "").includes("How fast"), "hover on `diskTier` shows the field's documentation", hover);
  const completion = await request("textDocument/completion", { textDocument: { uri }, position: { line: 4, character: 4 } });
  const labels = (completion?.items ?? completion ?? []).map((item) => item.label);
  check(["region", "vmType", "gpuType", "spot"].every((name) => labels.includes(name)), "completion offers the fields", labels);
  const values = await request("textDocument/completion", { textDocument: { uri }, position: { line: 3, character: 14 } });
  const words = (values?.items ?? values ?? []).map((item) => item.label);
  check(["medium", "high", "ultra"].every((name) => words.includes(name)), "completion offers the values of `diskTier`", words);
} catch (error) {
  console.log(`FAILED yaml-language-server: ${error.message}`);
} finally {
  server.kill();
}
