// Validates YAML files with ajv, as its users do: reads them with the `yaml` package.
//
// usage: node ajv.mjs NODE_FOLDER SCHEMA FILE...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [folder, schema, ...files] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const Ajv = require("ajv/dist/2020").default;
const YAML = require("yaml");

const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")));
for (const file of files) {
  if (!validate(YAML.parse(readFileSync(file, "utf8"), { merge: true }))) process.exit(1);
}
