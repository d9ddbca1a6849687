import { useState } from "preact/hooks";
import { useEdition } from "../data";
import { t } from "../i18n";
import type { EditionSummary } from "../types";

/** What to cite, as text and as BibTeX, with the address of what is seen. */
export function Cite({ edition }: { edition: EditionSummary }) {
  const { data } = useEdition(edition);
  const [copied, setCopied] = useState<boolean | null>(null);
  if (!data) return null;
  const { text, bibtex } = data.citation;
  const copy = (content: string) =>
    void navigator.clipboard.writeText(content).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const asText = `${text} ${location.href}`;
  return (
    <details class="cite">
      <summary>{t("figure.cite")}</summary>
      <p>{asText}</p>
      <button type="button" onClick={() => copy(asText)}>
        {t("figure.copyText")}
      </button>
      <pre tabIndex={0}>{bibtex}</pre>
      <button type="button" onClick={() => copy(bibtex)}>
        {t("figure.copyBibtex")}
      </button>
      <span role="status">{copied !== null && t(copied ? "figure.copied" : "figure.notCopied")}</span>
    </details>
  );
}
