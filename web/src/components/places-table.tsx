import { useMemo, useRef } from "preact/hooks";
import { useData } from "../api";
import { describe, filterQuery, isFiltered, matcher, readFilters } from "../filters";
import { industryName, kindName, number } from "../format";
import { entryOf } from "../glossary";
import { type Key, digits, language, t, tMaybe } from "../i18n";
import { label, testName } from "../labels";
import { setQuery, useAddress } from "../router";
import { isStatic } from "../site";
import type { Cell, Edition, EditionSummary, Field, Find, Row, Table } from "../types";
import { unitOf } from "../units";
import { Choices, Panel } from "./choices";
import { Cite } from "./cite";
import { DataTable, type TableColumn, useSorted } from "./data-table";
import { Downloads } from "./downloads";
import { PlaceFilters } from "./place-filters";
import { Failed, Waiting } from "./state";

/** What sets a table of areas apart from one of zones. */
export interface Places {
  id: "areas" | "zones";
  table: "area_profiles" | "zone_profiles";
  /** Column of the code, and parameter of the address that marks one. */
  key: "area" | "zone";
  /** Columns at first; those that the edition lacks are left out. */
  first: string[];
  sort: string;
  /** Columns that filters and links read beyond those shown. */
  needed: string[];
  link: (row: Row) => string | null;
  /** What the reader of a row wants to know that the table does not say. */
  extend?: (rows: Row[], find: Find) => Row[];
}

/** A table of all areas, or of all zones, with filters, columns to choose, and files of what is shown. */
export function PlacesTable({ edition, about, places }: { edition: EditionSummary; about: Edition; places: Places }) {
  const { query } = useAddress();
  const info = about.tables.find(({ name }) => name === places.table);
  const fields = info?.fields ?? [];
  const asked = (query.get("columns")?.split(",") ?? places.first).filter((name) => fields.some((field) => field.name === name));
  const needed = [...new Set([places.key, "name", ...places.first, ...places.needed, ...asked, readFilters(query).range?.column])];
  const columns = fields.filter(({ name }) => needed.includes(name)).map(({ name }) => name);
  const address = `editions/${edition.id}/${places.table}.json${isStatic ? "" : `?columns=${columns.join(",")}`}`;
  const { data, error } = useData<Table>(address);
  const { data: find, error: noFind } = useData<Find>(`editions/${edition.id}/find.json`);
  // While more columns are on their way, those that are there stay.
  const last = useRef<{ table: Table; edition: string } | null>(null);
  if (data) last.current = { table: data, edition: edition.id };
  const table = last.current?.edition === edition.id ? last.current.table : undefined;
  const rows = useMemo(() => table && find && (places.extend?.(table.rows, find) ?? table.rows), [table, find, places]);
  if (error ?? noFind) return <Failed error={(error ?? noFind) as Error} />;
  if (!rows || !find) return <Waiting />;
  return <Shown edition={edition} fields={fields} asked={asked} rows={rows} find={find} places={places} formats={info?.formats ?? []} />;
}

interface ShownProps {
  edition: EditionSummary;
  fields: Field[];
  asked: string[];
  rows: Row[];
  find: Find;
  places: Places;
  formats: string[];
}

function Shown({ edition, fields, asked, rows, find, places, formats }: ShownProps) {
  const { query } = useAddress();
  const filters = readFilters(query);
  const industries = useMemo(() => new Map(find.industries.map(({ id, name }) => [id, name])), [find]);
  const there = asked.filter((name) => rows.length === 0 || rows[0]?.[name] !== undefined);
  const columns = useMemo(
    () => ["name", ...there.filter((name) => name !== "name")].flatMap((name) => columnOf(name, fields, industries) ?? []),
    [there.join(), fields, industries, language()],
  );
  const filterKey = JSON.stringify(filters);
  // Sorted first: then each letter of a name that is typed only filters.
  const { rows: inOrder, sort } = useSorted(rows, columns, places.sort);
  const shown = useMemo(() => (isFiltered(filters) ? inOrder.filter(matcher(filters)) : inOrder), [inOrder, filterKey]);
  const numbers = useMemo(() => columns.filter(({ isNumber }) => isNumber).map(({ name }) => name), [columns]);
  const said = describe(filters, industries);
  const count = t(`table.count.${places.id}`, { n: rows.length, shown: shown.length });
  const clear = () => {
    setQuery(Object.fromEntries(Object.keys(filterQuery(filters)).map((name) => [name, undefined])));
    document.getElementById("filter-q")?.focus();
  };
  const choose = (name: string) => {
    const chosen = asked.includes(name) ? asked.filter((other) => other !== name) : [...asked, name];
    setQuery({ columns: chosen.join(",") || "name" });
  };
  const file = { columns: [{ name: places.key, label: label(places.key) }, ...columns.filter(({ name }) => name !== places.key)], rows: shown };
  const source = { table: places.table, formats: formats as ("parquet" | "csv" | "geojson" | "json")[], ...(said ? { filter: said } : {}) };
  return (
    <>
      <PlaceFilters filters={filters} rows={rows} industries={industries} numbers={numbers} />
      <div class="shown">
        <p role="status">{count}</p>
        {isFiltered(filters) && (
          <button type="button" onClick={clear}>
            {t("table.clear")}
          </button>
        )}
        <div class="controls of-table">
          <Panel summary={t("table.columns")} on={query.has("columns")}>
            <button type="button" onClick={() => setQuery({ columns: undefined })}>
              {t("table.columns.first")}
            </button>
            <Choices
              label={t("table.columns")}
              choices={fields.filter(({ name }) => name !== "name").map((field) => ({ value: field.name, label: label(field.name), meaning: meaningOf(field) }))}
              chosen={asked}
              toggle={choose}
            />
          </Panel>
        </div>
      </div>
      {shown.length === 0 ? (
        <p>{t("table.none")}</p>
      ) : (
        <DataTable
          id={`${places.id}-table`}
          label={t(`nav.${places.id}` as Key)}
          columns={columns}
          rows={shown}
          sort={sort}
          all={rows}
          keyOf={(row) => String(row[places.key])}
          link={places.link}
          selected={query.get(places.key)}
          select={(key) => setQuery({ [places.key]: key ?? undefined })}
        />
      )}
      <Meanings columns={columns} />
      <div class="tools">
        <Downloads id={places.id} edition={edition} data={{ ...file, source }} />
        <Cite edition={edition} />
      </div>
    </>
  );
}

/** What the shown columns say, for those who cannot point at a heading. */
function Meanings({ columns }: { columns: TableColumn[] }) {
  return (
    <details class="meanings">
      <summary>{t("table.meanings")}</summary>
      <dl>
        {columns.map(({ name, label, meaning }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** In the words of the glossary, else as the edition describes the column. */
function meaningOf({ name, description }: Field): string {
  return tMaybe(`glossary.${entryOf(name)}.text`, description);
}

/** How a column of the profiles is headed and written; `null` where there is no such column. */
function columnOf(name: string, fields: Field[], industries: Map<string, string>): TableColumn | null {
  const field = fields.find((field) => field.name === name);
  if (!field) return null;
  const unit = unitOf(field);
  return {
    name,
    label: label(name),
    meaning: meaningOf(field),
    empty: /missing where (there is none|it has none)/i.test(field.description) ? t("table.noValue") : t("value.missing"),
    isNumber: field.type === "integer" || field.type === "number",
    format: wordsOf(name, industries) ?? (unit === "share" ? percent : (value) => number(value, unit)),
  };
}

/** A share with as many digits in each row, so that points stand below each other. */
function percent(value: Cell): string {
  return digits(Number(value), { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** Values that have words in the language. */
function wordsOf(name: string, industries: Map<string, string>): ((value: Cell) => string) | null {
  if (name === "kind") return (value) => kindName(value === null ? null : String(value));
  if (["main_industry", "industry", "other_industry"].includes(name)) return (value) => industryName(String(value), industries.get(String(value)));
  if (name === "class" || name === "membership_kind") return (value) => tMaybe(`class.${value}`, String(value));
  return name === "weakest_test" ? (value) => testName(String(value)) : null;
}
