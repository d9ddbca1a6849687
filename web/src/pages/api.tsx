import { apiUrl, useData } from "../api";
import { Failed, Waiting } from "../components/state";
import { useEdition } from "../data";
import { t } from "../i18n";
import { isStatic } from "../site";
import "../styles/data.css";
import { useTitle } from "../title";
import type { EditionSummary } from "../types";
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
  const operations = operationsOf(document);
  const groups = [...new Set(operations.map(({ group }) => group))];
  return (
    <>
      {groups.map((group) => (
        <section key={group}>
          {group && <h2 lang="en">{group}</h2>}
          <p lang="en">{document.tags?.find(({ name }) => name === group)?.description}</p>
          {operations
            .filter((operation) => operation.group === group)
            .map((operation) => (
              <Folded key={operation.id} operation={operation} edition={edition} />
            ))}
        </section>
      ))}
    </>
  );
}

function Folded({ operation, edition }: { operation: Operation; edition: EditionSummary }) {
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
        <Try key={edition.id} operation={operation} edition={edition.id} />
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
