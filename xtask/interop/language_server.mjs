// yaml-language-server with our schema, by settings and by modeline: validation of the fixtures, hover, completion with
// documentation and snippets, the exclusion of gpuType and vmType, and regions that nobody knows yet.
//
// usage: node language_server.mjs NODE_FOLDER SCHEMA READINGS PROGRAM
// READINGS has the fixtures by path.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, schema, readings, program] = process.argv.slice(2);
const LIMIT = 30_000;
// To it a mapping under `<<` is no part of the one that it is merged into, and `~` is a key like any other.
const UNSEEN = ["ac102-merge-a-name.yaml", "ac105-null-key.yaml"];
const SHAPE = ["AC101", "AC102", "AC103", "AC104", "AC105", "AC006"];
const check = (passes, text, shown) => console.log(passes ? `ok ${text}` : `FAILED ${text}: ${JSON.stringify(shown)}`);
const within = (what, promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what} within ${LIMIT / 1000} s`)), LIMIT).unref()),
  ]);

const YAML = ["node", `${folder}/node_modules/yaml-language-server/bin/yaml-language-server`, "--stdio"];

/** A running yaml-language-server, or another one, with some settings. */
class Server {
  constructor(settings, [command, ...args] = YAML) {
    this.process = spawn(command, args);
    this.settings = settings;
    this.buffer = Buffer.alloc(0);
    this.next = 1;
    this.waiting = new Map();
    this.diagnosed = new Map();
    this.process.stdout.on("data", (chunk) => this.read(chunk));
  }

  send(message) {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  notify(method, params) {
    this.send({ method, params });
  }

  request(method, params) {
    const id = this.next++;
    return within(method, new Promise((resolve) => { this.waiting.set(id, resolve); this.send({ id, method, params }); }));
  }

  read(chunk) {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const end = this.buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.buffer.subarray(0, end).toString())[1]);
      if (this.buffer.length < end + 4 + length) return;
      const body = this.buffer.subarray(end + 4, end + 4 + length).toString();
      this.buffer = this.buffer.subarray(end + 4 + length);
      this.receive(JSON.parse(body));
    }
  }

  receive(message) {
    if (message.id !== undefined && message.method) {
      const answer = message.method === "workspace/configuration"
        ? message.params.items.map(({ section }) => this.settings[section] ?? {}) : null;
      this.send({ id: message.id, result: answer });
    } else if (message.id !== undefined) {
      this.waiting.get(message.id)?.(message.result);
    } else if (message.method === "textDocument/publishDiagnostics") {
      this.diagnosed.get(message.params.uri)?.(message.params.diagnostics);
    }
  }

  async start() {
    await this.request("initialize", { processId: process.pid, rootUri: "file:///project",
      capabilities: { workspace: { configuration: true }, textDocument: {
        hover: { contentFormat: ["markdown"] },
        completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } } } } });
    this.notify("initialized", {});
    this.notify("workspace/didChangeConfiguration", { settings: this.settings });
    return this;
  }

  /** Opens a text; the diagnostics that it gets. */
  open(uri, text) {
    const diagnostics = within("diagnostics", new Promise((resolve) => this.diagnosed.set(uri, resolve)));
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    return diagnostics;
  }

  async items(uri, line, character) {
    const list = await this.request("textDocument/completion", { textDocument: { uri }, position: { line, character } });
    return list?.items ?? list ?? [];
  }

  async hover(uri, line, character) {
    const hover = await this.request("textDocument/hover", { textDocument: { uri }, position: { line, character } });
    return hover?.contents?.value ?? JSON.stringify(hover);
  }
}

const TEXT = [
  "profiles:", "  train:", "    vm_type: g6e.xlarge", "    diskTier: high", "    region: ", "    credentials: ", "    ", "",
].join("\n");
const MORE = "profiles:\n  train: {spot: true}\n  \n";
const BOTH = "profiles:\n  a:\n    gpuType: h100\n    vmType: p5.48xlarge\n";
const CLEARED = "profiles:\n  a:\n    gpuType: null\n    vmType: p5.48xlarge\n    region: moon-central-1\n    inputStorageRegion: auto\n";

async function ask(way, server, shift, uri, text) {
  const diagnostics = await server.open(uri, text(TEXT));
  const at = (line) => line + shift;
  check(diagnostics.some((entry) => entry.range.start.line === at(2) && entry.message.includes("vm_type")),
    `${way}: \`vm_type\` is reported where it stands`, diagnostics);
  const hover = await server.hover(uri, at(3), 6);
  check(hover.includes("How fast") && hover.includes("Disk tier"), `${way}: hover shows a field's title and documentation`, hover);
  const regions = await server.hover(uri, at(4), 6);
  check(regions.includes("`us-east-1` on AWS"), `${way}: hover shows Markdown`, regions);
  const fields = await server.items(uri, at(6), 4);
  const labels = fields.map(({ label }) => label);
  check(["vmType", "gpuType", "spot"].every((name) => labels.includes(name)), `${way}: completion offers the fields`, labels);
  const field = fields.find(({ label }) => label === "minVmCount");
  check(JSON.stringify(field?.documentation ?? "").includes("`maxVmCount`"), `${way}: a field comes with its documentation`, field);
  const tiers = await server.items(uri, at(3), 14);
  check(["medium", "high", "ultra"].every((name) => tiers.some(({ label }) => label === name)),
    `${way}: completion offers the values of \`diskTier\``, tiers);
  check(JSON.stringify(tiers.find(({ label }) => label === "ultra") ?? "").includes("The fastest disk"),
    `${way}: a value comes with its meaning`, tiers);
  const places = (await server.items(uri, at(4), 12)).map(({ label }) => label);
  check(["us-east-1", "us-central1", "westus2"].every((name) => places.includes(name)), `${way}: regions are suggested`, places.slice(0, 5));
  const kinds = (await server.items(uri, at(5), 17)).map(({ label }) => label);
  check(["AWS", "GCP", "Azure", "Lambda"].every((name) => kinds.includes(`${name} credentials`)),
    `${way}: each kind of credentials has a snippet`, kinds);
  await server.open(`${uri}.more.anycloud.yaml`, text(MORE));
  const profiles = await server.items(`${uri}.more.anycloud.yaml`, at(2), 2);
  const names = profiles.map(({ label }) => label);
  check(["profile", "profile with a GPU", "variant", "template"].every((name) => names.includes(name)),
    `${way}: a profile and a variant have snippets`, names);
  const variant = profiles.find(({ label }) => label === "variant");
  const typed = variant?.textEdit?.newText ?? variant?.insertText ?? "";
  check(/\$\{1:name\}:\s*\n\s+extends: \$\{2:base\}/.test(typed), `${way}: the snippet is YAML`, variant);
  const both = await server.open(`${uri}.both.anycloud.yaml`, text(BOTH));
  check(both.some(({ message }) => message.includes("exclude each other")), `${way}: gpuType and vmType together are reported`, both);
  const cleared = await server.open(`${uri}.cleared.anycloud.yaml`, text(CLEARED));
  check(cleared.length === 0, `${way}: a cleared field and a region that nobody knows are not`, cleared);
}

/** Valid files get nothing; files whose shape is wrong get something. */
async function validate(server) {
  const files = Object.keys(JSON.parse(readFileSync(readings, "utf8")));
  const options = { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 };
  const { findings } = JSON.parse(spawnSync(program, ["check", "--format", "json", ...files], options).stdout);
  const wrong = [];
  let [silent, reported] = [0, 0];
  await Promise.all(files.map(async (file) => {
    const own = findings.filter((finding) => path.resolve(finding.file) === path.resolve(file)).map(({ code }) => code);
    const isValid = own.length === 0;
    const isMisshapen = own.length > 0 && own.every((code) => SHAPE.includes(code));
    if ((!isValid && !isMisshapen) || UNSEEN.includes(path.basename(file))) return;
    const uri = `file:///project/${path.basename(path.dirname(file))}/${path.basename(file, ".yaml")}.anycloud.yaml`;
    const text = readFileSync(file, "utf8").replace(/^# yaml-language-server:.*$/m, "#");
    const diagnostics = await server.open(uri, text);
    server.notify("textDocument/didClose", { textDocument: { uri } });
    if (isValid !== (diagnostics.length === 0)) wrong.push([path.basename(file), diagnostics.map(({ message }) => message)]);
    silent += isValid ? 1 : 0;
    reported += isValid ? 0 : 1;
  }));
  check(wrong.length === 0 && silent > 20 && reported > 20,
    `${silent} valid fixtures get no diagnostic, and ${reported} of the wrong shape get one`, wrong);
}

/** Both servers on one file, as in VS Code beside the YAML extension: each says its own, and nothing is said twice. */
async function together(ours, yamls) {
  let number = 0;
  const both = async (text) => {
    number += 1;
    const uri = `file:///project/together-${number}.anycloud.yaml`;
    const found = await Promise.all([ours, yamls].map((server) => server.open(uri, text)));
    const items = await Promise.all([ours, yamls].map((server) => server.items(uri, 2, 12)));
    return { found, labels: items.map((list) => list.map(({ label }) => label)) };
  };
  const sound = await both("profiles:\n  a:\n    region: us-east-1\n    vmType: g6e.xlarge\n");
  check(sound.found.flat().length === 0, "together: a sound file gets nothing", sound.found);
  check(sound.labels[0].includes("us-east-1") && sound.labels[0].every((label) => !sound.labels[1].includes(label)),
    "together: no value is offered twice", sound.labels.map((labels) => labels.slice(0, 5)));
  const wrong = await both("profiles:\n  a:\n    region: us-east-9\n    vm_type: g6e.xlarge\n");
  check(wrong.found[0].length === 2 && wrong.found[1].length === 0, "together: what is wrong is said once", wrong.found);
  const broken = await both("profiles:\n  a: {\n    region: us-east-1\n");
  check(broken.found.every((found) => found.length > 0), "together: what is no YAML, both say", broken.found);
}

const address = pathToFileURL(schema).href;
const yaml = { schemaStore: { enable: false }, validate: true, hover: true, completion: true, format: { enable: false } };
const servers = [];
try {
  const bySettings = new Server({ yaml: { ...yaml, schemas: { [address]: ["anycloud.yaml", "*.anycloud.yaml"] } } });
  servers.push(bySettings);
  await bySettings.start();
  await ask("by settings", bySettings, 0, "file:///project/anycloud.yaml", (text) => text);
  await validate(bySettings);
  const byModeline = new Server({ yaml });
  servers.push(byModeline);
  await byModeline.start();
  await ask("by modeline", byModeline, 1, "file:///project/any.yaml", (text) => `# yaml-language-server: $schema=${address}\n${text}`);
  const [ours, beside] = [new Server({}, [program, "lsp"]), new Server({ yaml })];
  servers.push(ours, beside);
  await Promise.all([ours.start(), beside.start()]);
  await together(ours, beside);
} catch (error) {
  console.log(`FAILED yaml-language-server: ${error.message}`);
} finally {
  servers.forEach((server) => server.process.kill());
}
