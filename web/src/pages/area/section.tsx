import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import type { EditionSummary } from "../../types";

const ALL = ["place", "making", "rule", "certainty", "commuting", "members", "others", "indicators", "onward"] as const;
type Name = (typeof ALL)[number];

/** The sections of the page in an edition, in their order. */
export const sections = (edition: EditionSummary): Name[] => ALL.filter((name) => edition.has.jobs || (name !== "making" && name !== "rule"));

/** A section with its heading and an address of its own. */
export function Section({ name, children }: { name: Name; children: ComponentChildren }) {
  return (
    <section id={name} aria-labelledby={`${name}-heading`}>
      <h2 id={`${name}-heading`}>{t(`area.section.${name}`)}</h2>
      {children}
    </section>
  );
}
