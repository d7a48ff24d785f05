// Reads YAML files with the `yaml` package, in the way that the format asks for: YAML 1.2, core schema, keys by
// their text, merge keys applied. Prints one JSON object: for each file its value, or why it can't be read.
//
// usage: node read.mjs NODE_FOLDER FILE...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [folder, ...files] = process.argv.slice(2);
const YAML = createRequire(`${folder}/package.json`)("yaml");

const isMerge = (key) => YAML.isScalar(key) && key.type === "PLAIN" && (key.source ?? key.value) === "<<";

function keyText(key) {
  if (!YAML.isScalar(key)) return String(key); // JSON has no such keys: what is in it must be wrong anyway
  return key.type === "PLAIN" ? (key.source ?? "") : String(key.value);
}

function entries(map, document) {
  const own = new Map();
  const merged = new Map();
  for (const { key, value } of map.items) {
    if (!isMerge(key)) {
      own.set(keyText(key), data(value, document));
      continue;
    }
    const target = resolve(value, document);
    const sources = YAML.isSeq(target) ? target.items.map((item) => resolve(item, document)) : [target];
    if (!sources.every((source) => YAML.isMap(source))) {
      own.set("<<", data(value, document)); // not a merge: an unknown key
      continue;
    }
    for (const source of sources) {
      for (const [name, inner] of entries(source, document)) if (!merged.has(name)) merged.set(name, inner);
    }
  }
  for (const [name, inner] of merged) if (!own.has(name)) own.set(name, inner);
  return own;
}

function resolve(node, document) {
  return YAML.isAlias(node) ? node.resolve(document) : node;
}

function data(node, document) {
  const target = resolve(node, document);
  if (target === null || target === undefined) return null;
  if (YAML.isMap(target)) return entries(target, document);
  if (YAML.isSeq(target)) return target.items.map((item) => data(item, document));
  return target.value;
}

// JSON with keys in their order; an object would put `9` before `a`.
function json(value) {
  if (value instanceof Map) {
    return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}:${json(inner)}`).join(",")}}`;
  }
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (typeof value === "number" && !Number.isFinite(value)) return "1e999";
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(value ?? null);
}

const results = files.map((file) => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
    const documents = YAML.parseAllDocuments(text, { version: "1.2", schema: "core", uniqueKeys: true });
    if (documents.length !== 1) throw new Error("not one document");
    if (documents[0].errors.length > 0) throw documents[0].errors[0];
    return [file, `{"value":${json(data(documents[0].contents, documents[0]))}}`];
  } catch (error) {
    return [file, JSON.stringify({ error: String(error.message).split("\n")[0] })];
  }
});
console.log(`{${results.map(([file, result]) => `${JSON.stringify(file)}:${result}`).join(",\n")}}`);
