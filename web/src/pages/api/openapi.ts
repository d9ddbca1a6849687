/** What the page reads of an OpenAPI 3 document. */

export interface Schema {
  type?: string | string[];
  enum?: string[];
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  description?: string;
  required?: boolean;
  schema?: Schema;
  example?: unknown;
}

interface OperationObject {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { example?: unknown; schema?: Schema }> };
}

export interface OpenApi {
  info: { title: string; version: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, OperationObject>>;
}

export interface Operation {
  id: string;
  group: string;
  method: "GET" | "POST";
  /** With `{names}` of parameters. */
  path: string;
  summary: string;
  description: string;
  parameters: Parameter[];
  /** A body to start from, where it takes one. */
  body: string | null;
}

/** Groups of operations whose document names none, by a word of the path; the first that fits. */
const GROUPS: [RegExp, string][] = [
  [/\{table\}/, "tables"],
  [/rerun|grid/, "reruns"],
  [/tile|map|sketch/, "map"],
  [/areas|zones|compare/, "places"],
  [/\{edition\}/, "edition"],
  [/./, "site"],
];
const ORDER = ["tables", "places", "edition", "map", "reruns", "site"];

/** Filters are columns of the table, which no document can name beforehand. */
const FILTERS: Parameter = { name: "filters", in: "query", schema: { type: "object" } };

/** The operations that can be tried, what is asked most often first. */
export function operationsOf(document: OpenApi): Operation[] {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    (["get", "post"] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      return {
        id: `${method}${path}`.replace(/[^A-Za-z0-9]+/g, "-"),
        group: operation.tags?.[0] ?? GROUPS.find(([words]) => words.test(path))?.[1] ?? "",
        method: method.toUpperCase() as "GET" | "POST",
        path,
        summary: operation.summary ?? path,
        description: operation.description ?? "",
        parameters: [...(operation.parameters ?? []).filter((parameter) => parameter.in !== "header"), ...(path.includes("{table}") ? [FILTERS] : [])],
        body: operation.requestBody ? bodyOf(operation.requestBody.content?.["application/json"]) : null,
      };
    }),
  );
  const place = ({ group }: Operation) => (ORDER.includes(group) ? ORDER.indexOf(group) : ORDER.length);
  return operations.sort((one, other) => place(one) - place(other));
}

function bodyOf(content: { example?: unknown; schema?: Schema } | undefined): string {
  return JSON.stringify(content?.example ?? content?.schema?.example ?? content?.schema?.examples?.[0] ?? {}, null, 2);
}

/** What stands in the field of a parameter at first: what the document says, else what this edition has. */
export function startOf({ name, example, schema, required, in: place }: Parameter, path: string, there: Record<string, string>): string {
  const said = schema?.default ?? (required ? (example ?? schema?.example ?? schema?.examples?.[0] ?? schema?.enum?.[0]) : undefined);
  const start = name === "edition" ? undefined : said;
  if (start !== undefined && start !== null) return String(start);
  return there[`${path.includes("/zones/") ? "zones" : "areas"}.${name}`] ?? (place === "path" || name === "areas" || name === "limit" ? there[name] : undefined) ?? "";
}

/** The address of an operation with these values, under `api/v1/`. */
export function addressOf({ path, parameters }: Operation, values: Record<string, string>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const query = new URLSearchParams();
  for (const { name, in: place, schema } of parameters) {
    const value = values[name] ?? "";
    if (place !== "query" || value === "") continue;
    // Names that are not known beforehand, as filters on columns, are written as they stand: `kind=district&region=Tuscany`.
    if (schema?.type === "object") new URLSearchParams(value).forEach((one, of) => query.append(of, one));
    else query.append(name, value);
  }
  const text = query.toString();
  return `${filled.replace(/^\/?(api\/v1\/)?/, "")}${text && `?${text}`}`;
}
