import { Copyable } from "../components/copy";
import { Failed, Waiting } from "../components/state";
import { useEdition } from "../data";
import { type Key, digits, t } from "../i18n";
import { label } from "../labels";
import "../styles/data.css";
import { useTitle } from "../title";
import type { Edition, Editions } from "../types";
import type { PageProps } from ".";
import { readers } from "./data/readers";
import { Tables } from "./data/tables";

/** All that the edition holds, and what one must know to use it. */
export function Data({ site, edition }: PageProps) {
  const { data: about, error } = useEdition(edition);
  useTitle(t("nav.data"), edition.title);
  if (error) return <Failed error={error} />;
  if (!about) return <Waiting />;
  return (
    <section class="page data-page">
      <h1>{t("nav.data")}</h1>
      <p>{t("data.intro", { title: about.title })}</p>
      <Facts site={site} edition={about} />
      <h2>{t("data.tables")}</h2>
      <p>{t("data.tables.about")}</p>
      <Tables edition={about} />
      <h2>{t("data.read")}</h2>
      {readers(about).map(({ name, code }) => (
        <section key={name}>
          <h3>{name}</h3>
          <Copyable text={code} label={name} />
        </section>
      ))}
      <h2>{t("data.cite")}</h2>
      <Copyable text={about.citation.text} label={t("data.cite.text")} />
      <Copyable text={about.citation.bibtex} label="BibTeX" />
      <h2>{t("data.licence")}</h2>
      <p>{t("data.licence.text")}</p>
      <h2>{t("data.inputs")}</h2>
      <Inputs edition={about} />
      <h2>{t("data.parameters")}</h2>
      <Parameters edition={about} />
      <h2>{t("data.messages")}</h2>
      <Messages edition={about} />
    </section>
  );
}

function Facts({ site, edition }: { site: Editions; edition: Edition }) {
  const { name, version, commit } = site.program;
  const facts: [Key, string][] = [
    ["data.vintage", edition.vintage ?? t("value.missing")],
    ["data.size", `${t("data.size.zones", { n: edition.zones })}, ${t("data.size.areas", { n: edition.areas })}${edition.districts === null ? "" : `, ${t("data.size.districts", { n: edition.districts })}`}`],
    ["data.method", edition.method],
    ["data.seed", String(edition.seed)],
    ["data.program", [name, version, commit && `(${commit})`].filter(Boolean).join(" ")],
  ];
  return (
    <dl class="facts">
      {facts.map(([key, text]) => [<dt key={key}>{t(key)}</dt>, <dd key={`${key} is`}>{text}</dd>])}
    </dl>
  );
}

function Inputs({ edition }: { edition: Edition }) {
  return (
    <>
      <p>{t("data.inputs.about")}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("data.inputs")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("data.file")}</th>
              <th scope="col" class="number">
                {t("data.bytes")}
              </th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {edition.inputs.map(({ path, size, sha256 }) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td class="number">{digits(size)}</td>
                <td>
                  <code class="hash">{sha256}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Parameters({ edition }: { edition: Edition }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("data.parameters")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("data.parameter")}</th>
            <th scope="col">{t("data.label")}</th>
            <th scope="col" class="number">
              {t("data.value")}
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(edition.parameters).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{label(name)}</td>
              <td class="number">{digits(value, { maximumFractionDigits: 6 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Messages({ edition }: { edition: Edition }) {
  if (edition.messages.length === 0) return <p>{t("data.messages.none")}</p>;
  return (
    <>
      {edition.messages.map(({ code, severity, what, why }, at) => (
        <div key={at} class={`message ${severity}`}>
          <p>
            <strong>{t(severity === "warning" ? "data.warning" : "data.note")}</strong> <code>{code}</code>: <span lang="en">{what}</span>
          </p>
          {why && (
            <p class="soft" lang="en">
              {why}
            </p>
          )}
        </div>
      ))}
    </>
  );
}
