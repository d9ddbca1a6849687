import { apiUrl, useData } from "../api";
import { Failed, Waiting } from "../components/state";
import { useEdition } from "../data";
import { t, tMaybe } from "../i18n";
import { isStatic, slug } from "../site";
import "../styles/data.css";
import { useTitle } from "../title";
import type { EditionSummary, Find } from "../types";
import type { PageProps } from ".";
import { type OpenApi, type Operation, operationsOf } from "./api/openapi";
import { Try } from "./api/try";

/** A page to try the API; of a static site, what files it has. */
export function Api({ edition }: PageProps) {
  const { data: document, error } = useData<OpenApi>("openapi.json");
  useTitle(t("nav.api"));
  return (
    <section class="page">
      <h1>{t("api.title")}</h1>
      <p>{t(isStatic ? "api.static" : "api.intro")}</p>
      <p>
        <a href={apiUrl("openapi.json")}>openapi.json</a> · <a href={apiUrl("editions.json")}>editions.json</a>
      </p>
      {isStatic ? (
        <Files edition={edition} />
      ) : error ? (
        <Failed error={error} />
      ) : document ? (
        <Operations document={document} edition={edition} />
      ) : (
        <Waiting />
      )}
    </section>
  );
}

function Operations({ document, edition }: { document: OpenApi; edition: EditionSummary }) {
  const there = useExamples(edition);
  if (!there) return <Waiting />;
  const operations = operationsOf(document).filter(({ path }) => isOffered(path, edition));
  const groups = [...new Set(operations.map(({ group }) => group))];
  return (
    <>
      {groups.map((group) => (
        <section key={group}>
          <h2>{tMaybe(`api.group.${group}`, group)}</h2>
          {operations
            .filter((operation) => operation.group === group)
            .map((operation) => (
              <Folded key={operation.id} operation={operation} there={there} />
            ))}
        </section>
      ))}
    </>
  );
}

/** Whether a server answers this for the edition. */
function isOffered(path: string, { has }: EditionSummary): boolean {
  if (path.endsWith(".pmtiles")) return false;
  if (path.includes("/grid")) return has.grid;
  if (path.endsWith("/rerun")) return has.rerun;
  return has.map || !/tiles|\/map|sketch/.test(path);
}

/** Values to try that this edition answers; nothing until they are known. */
function useExamples(edition: EditionSummary): Record<string, string> | null {
  const { data: about } = useEdition(edition);
  const { data: find } = useData<Find>(`editions/${edition.id}/find.json`);
  if (!about || !find) return null;
  const codes = find.areas.slice(0, 2).map(({ code }) => code);
  const slider = about.sliders[0];
  return {
    edition: edition.id,
    table: "areas",
    format: "json",
    limit: "5",
    areas: codes.join(","),
    "areas.slug": slug(codes[0] ?? ""),
    "zones.slug": slug(find.zones.code[0] ?? ""),
    body: slider ? JSON.stringify({ [slider.name]: slider.value }, null, 2) : "{}",
    ...Object.fromEntries(["level", "n", "x", "y", "z"].map((name) => [name, "0"])),
  };
}

function Folded({ operation, there }: { operation: Operation; there: Record<string, string> }) {
  return (
    <details class="fold" id={operation.id}>
      <summary>
        <h3>
          <code>
            {operation.method} {operation.path}
          </code>
        </h3>
        <span class="soft" lang="en">
          {operation.summary}
        </span>
      </summary>
      <div>
        <Try operation={operation} there={there} />
      </div>
    </details>
  );
}

/** The files of an edition, each with its address. */
function Files({ edition }: { edition: EditionSummary }) {
  const { data: about, error } = useEdition(edition);
  if (error) return <Failed error={error} />;
  if (!about) return <Waiting />;
  const within = `editions/${edition.id}`;
  const documents = ["answer.json", "find.json", ...(edition.has.map ? ["map.json", "tiles.pmtiles"] : []), ...(edition.has.grid ? ["grid.json"] : [])];
  const tables = about.tables.flatMap(({ name, formats }) => formats.map((format) => `${name}.${format}`));
  const files = [`${within}.json`, ...[...documents, ...tables].map((file) => `${within}/${file}`)];
  return (
    <>
      <h2>{edition.title}</h2>
      <ul class="files">
        {files.map((file) => (
          <li key={file}>
            <a href={apiUrl(file)}>
              <code>api/v1/{file}</code>
            </a>
          </li>
        ))}
        <li>
          <code>
            api/v1/{within}/areas/{"{"}code{"}"}.json
          </code>
        </li>
      </ul>
    </>
  );
}
