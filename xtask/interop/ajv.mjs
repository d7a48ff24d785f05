// Asks ajv (JSON Schema 2020-12, strict) whether schemas are schemas, and whether values fit the first one.
// Prints {"schemas": {FILE: null or reason}, "values": {FILE: null or reason}}.
//
// usage: node ajv.mjs NODE_FOLDER READINGS SCHEMA...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [folder, readings, ...schemas] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const Ajv2020 = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;

// Unions are what the format is about, `required` stands apart from `properties` in branches, and schemars names
// integer formats that JSON Schema leaves open.
// What only editors read.
const WORDS = ["markdownDescription", "enumDescriptions", "markdownEnumDescriptions", "defaultSnippets", "errorMessage"];
const options = { strict: true, allowUnionTypes: true, strictRequired: false, allErrors: true };

const answer = { schemas: {}, values: {} };
let validate;
for (const file of schemas) {
  const schema = JSON.parse(readFileSync(file, "utf8"));
  const ajv = new Ajv2020(options);
  addFormats(ajv);
  ajv.addVocabulary(WORDS);
  for (const name of ["uint8", "uint16", "uint32", "uint64", "uint", "int32", "int64"]) ajv.addFormat(name, true);
  try {
    if (!ajv.validateSchema(schema)) throw new Error(ajv.errorsText(ajv.errors));
    const compiled = ajv.compile(schema);
    validate ??= compiled;
    answer.schemas[file] = null;
  } catch (error) {
    answer.schemas[file] = error.message;
  }
}
for (const [file, reading] of Object.entries(JSON.parse(readFileSync(readings, "utf8")))) {
  if (!("value" in reading)) continue;
  const first = (errors) => `${errors[0].instancePath} ${errors[0].message}`;
  answer.values[file] = validate?.(reading.value) ? null : first(validate?.errors ?? [{ message: "no schema" }]);
}
console.log(JSON.stringify(answer));
