import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { runnerImport } from "vite";

const here = (path) => new URL(path, import.meta.url);
const read = (path) => readFileSync(here(path), "utf8");
const languages = Object.fromEntries(["en", "it"].map((tag) => [tag, JSON.parse(read(`../../src/i18n/${tag}.json`))]));
const load = async (path) => (await runnerImport(here(path).pathname, { configFile: false, logLevel: "silent" })).module;

/** Every form of a message. */
const forms = (message) => (typeof message === "string" ? [message] : Object.values(message));
const placeholders = (message) => [...new Set(forms(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

/** Columns of a table as documented, in order. */
function columns(table) {
  const [, part] = read("../../../docs/edition.md").split(`\n### \`${table}\`\n`);
  assert.ok(part, `docs/edition.md has no table ${table}`);
  return [...part.split("\n### ")[0].matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
}

/** Names in a table of profiles: a name that is taken gets the prefix of its table. */
function profile(sources) {
  const same = ["zone", "area", "name", "area_name", "kind", "main_industry"];
  const names = new Set();
  for (const [table, prefix, renamed = {}] of sources) {
    for (const column of columns(table)) {
      if (renamed[column]) names.add(renamed[column]);
      else if (!names.has(column)) names.add(column);
      else if (!same.includes(column)) names.add(prefix + column);
    }
  }
  return [...names];
}

const PROFILES = [
  ...profile([["areas", ""], ["districts", "district_"], ["area_certainty", "certainty_"], ["district_certainty", "district_"]]),
  ...profile([["zones", ""], ["zone_certainty", "certainty_", { kind: "membership_kind" }]]),
];

test("both languages have the same keys, with the same placeholders and no empty text", () => {
  const { en, it } = languages;
  assert.deepEqual(Object.keys(it).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(placeholders(it[key]), placeholders(en[key]), key);
    for (const text of [...forms(en[key]), ...forms(it[key])]) assert.notEqual(text.trim(), "", key);
  }
});

test("every plural message has the forms of its language", () => {
  for (const [tag, messages] of Object.entries(languages)) {
    const wanted = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.filter((form) => form !== "many");
    for (const [key, message] of Object.entries(messages)) {
      if (typeof message === "object") for (const form of wanted) assert.ok(message[form], `${tag} ${key} ${form}`);
    }
  }
});

test("every column of the profiles has a label and an entry in the glossary", async () => {
  const { entryOf } = await load("../../src/glossary.ts");
  assert.ok(PROFILES.includes("district_existence") && PROFILES.includes("membership_kind"), PROFILES.join());
  for (const column of PROFILES) {
    for (const [tag, messages] of Object.entries(languages)) assert.ok(messages[`measure.${column}`], `${tag} measure.${column}`);
    assert.ok(entryOf(column), column);
  }
});

test("every entry of the glossary has its words, and every label is of a column", async () => {
  const { GLOSSARY } = await load("../../src/glossary.ts");
  const inMessages = Object.keys(languages.en)
    .filter((key) => /^glossary\.\w+\.text$/.test(key))
    .map((key) => key.split(".")[1]);
  assert.deepEqual(inMessages.sort(), Object.keys(GLOSSARY).sort());
  for (const id of Object.keys(GLOSSARY)) assert.ok(languages.en[`glossary.${id}`], id);
  const labels = Object.keys(languages.en).filter((key) => key.startsWith("measure."));
  assert.deepEqual(labels.filter((key) => !PROFILES.includes(key.slice(8))), []);
});

test("headings of the methods that entries point to are there", async () => {
  const { GLOSSARY } = await load("../../src/glossary.ts");
  const headings = [...read("../../../docs/methods.md").matchAll(/^#+ (.*)$/gm)].map(([, text]) => text);
  for (const { methods } of Object.values(GLOSSARY)) {
    if (methods) assert.ok(headings.some((heading) => heading.startsWith(methods)), methods);
  }
});

test("tests of the rule and groups of industries have names", () => {
  const step = read("../../../crates/districts/src/step.rs").split("pub enum Missing")[0];
  const tests = [...step.matchAll(/Self::\w+ => "(\w+)",/g)].map(([, name]) => name);
  assert.equal(tests.length, 8);
  const groups = ["industries", "macro_sectors"].flatMap((grouping) =>
    ["nace", "naics"].flatMap((system) =>
      [...read(`../../../crates/jobs/data/${grouping}_${system}.toml`).matchAll(/^\[\[group\]\]\nid = "(\w+)"/gm)].map(([, id]) => id),
    ),
  );
  assert.ok(groups.length >= 38, groups.join());
  for (const messages of Object.values(languages)) {
    for (const name of tests) assert.ok(messages[`test.${name}`], name);
    for (const id of groups) assert.ok(messages[`industry.${id}`], id);
  }
});

test("every message is used, and none that is used is missing", () => {
  const root = here("../../src/").pathname;
  const files = readdirSync(root, { recursive: true }).filter((file) => /\.tsx?$/.test(file));
  const code = files.map((file) => readFileSync(root + file, "utf8")).join("\n");
  const prefixes = new Set(Object.keys(languages.en).map((key) => key.split(".")[0]));
  const isKey = (text) => prefixes.has(text.split(".")[0]);
  const written = new Set([...code.matchAll(/"([a-z]\w*(?:\.\w+)+)"/g)].map(([, key]) => key).filter(isKey));
  const made = [...new Set([...code.matchAll(/`([a-z]\w*\.[^`\s]*\$\{[^`]*)`/g)].map(([, text]) => text).filter(isKey))];
  const patterns = made.map((text) => new RegExp(`^${text.replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, "[\\w.]+")}$`));
  const asked = [...code.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key]) => key);
  assert.ok(written.size > 200 && made.length > 20 && asked.length > 200);
  assert.deepEqual(asked.filter((key) => !(key in languages.en)), []);
  assert.deepEqual(Object.keys(languages.en).filter((key) => !written.has(key) && !patterns.some((pattern) => pattern.test(key))), []);
});
