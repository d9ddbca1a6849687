import { kindName } from "../../format";
import { t } from "../../i18n";
import type { SectionProps } from "../area";
import { textOf } from "./cells";
import { finding } from "./finding";
import { sections } from "./section";

/** Its name, what it is, and the way to the sections. */
export function Heading({ doc, edition }: SectionProps) {
  const kind = textOf(doc.profile, "kind");
  const region = textOf(doc.profile, "region");
  return (
    <header>
      <p class="kicker">
        {kind !== null && <strong class={`kind ${kind}`}>{kindName(kind)}</strong>}
        {region && <span>{region}</span>}
        <span>{t("area.code", { code: doc.code })}</span>
      </p>
      <h1>{doc.name}</h1>
      <p class="finding">{finding(doc)}</p>
      <nav class="within" aria-label={t("area.within")}>
        <ul>
          {sections(edition).map((name) => (
            <li key={name}>
              <a href={`#${name}`}>{t(`area.section.${name}`)}</a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
