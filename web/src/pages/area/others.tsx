import type { ComponentChildren } from "preact";
import { industryShort, kindName, number } from "../../format";
import { t } from "../../i18n";
import { areaHref } from "../../router";
import type { EditionSummary, Other } from "../../types";
import type { SectionProps } from "../area";
import { Section } from "./section";

/** Areas beside it, and areas that make what it makes. */
export function Others({ doc, edition }: SectionProps) {
  return (
    <Section name="others">
      <div class="pair">
        <div>
          <h3>{t("area.neighbours")}</h3>
          {doc.neighbours.length === 0 ? (
            <p>{t(edition.has.map ? "area.neighbours.none" : "area.neighbours.unknown")}</p>
          ) : (
            <List edition={edition} others={doc.neighbours}>
              {({ shared_m }) => (shared_m > 0 ? t("area.neighbours.shared", { km: number(Math.round(shared_m / 100) / 10) }) : t("area.neighbours.point"))}
            </List>
          )}
        </div>
        {edition.has.jobs && (
          <div>
            <h3>{t("area.alike")}</h3>
            {doc.alike.length === 0 ? (
              <p>{t("area.alike.none")}</p>
            ) : (
              <>
                <p>{t("area.alike.say")}</p>
                <List edition={edition} others={doc.alike}>
                  {({ dissimilarity }) => number(dissimilarity, "quotient")}
                </List>
              </>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}

interface ListProps<T> {
  edition: EditionSummary;
  others: T[];
  children: (other: T) => ComponentChildren;
}

function List<T extends Other>({ edition, others, children }: ListProps<T>) {
  return (
    <ul class="others">
      {others.map((other) => (
        <li key={other.code}>
          <a href={areaHref(edition, other.code)}>{other.name}</a>
          <span class="about">
            {[other.kind && kindName(other.kind), other.main_industry && industryShort(other.main_industry), children(other)].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
