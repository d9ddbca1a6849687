import { apiUrl } from "../../api";
import { t } from "../../i18n";
import { label } from "../../labels";
import type { Edition, TableInfo } from "../../types";

const NAMES: Record<string, string> = { csv: "CSV", parquet: "Parquet", geojson: "GeoJSON", json: "JSON" };

/** Every table: what a row is, how many there are, what the columns mean, its files. */
export function Tables({ edition }: { edition: Edition }) {
  return (
    <>
      {edition.tables.map((table) => (
        <details key={table.name} class="fold" id={table.name}>
          <summary>
            <h3>
              <code>{table.name}</code>
            </h3>
            <span lang="en">{table.title}</span>
            <span class="soft">
              {t("data.rows", { n: table.rows })}, {t("data.columns", { n: table.fields.length })}
            </span>
          </summary>
          <div>
            <Formats edition={edition} table={table} />
            {table.key.length > 0 && (
              <p>
                {t("data.key")} {table.key.map((name, at) => [at > 0 && ", ", <code key={name}>{name}</code>])}
              </p>
            )}
            <Columns table={table} />
          </div>
        </details>
      ))}
    </>
  );
}

function Formats({ edition, table }: { edition: Edition; table: TableInfo }) {
  return (
    <ul class="formats">
      {table.formats.map((format) => (
        <li key={format}>
          <a href={apiUrl(`editions/${edition.id}/${table.name}.${format}`)} download={`${edition.id}-${table.name}.${format}`}>
            {NAMES[format] ?? format} <span class="hidden">{table.name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Columns({ table }: { table: TableInfo }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("data.columnsOf", { table: table.name })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("data.column")}</th>
            <th scope="col">{t("data.label")}</th>
            <th scope="col">{t("data.type")}</th>
            <th scope="col">{t("data.meaning")}</th>
          </tr>
        </thead>
        <tbody>
          {table.fields.map(({ name, type, description }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{label(name)}</td>
              <td>{t(`data.type.${type}`)}</td>
              <td lang="en">{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
