import { apiUrl } from "../../api";
import { Cite } from "../../components/cite";
import { t } from "../../i18n";
import { areaHref, href } from "../../router";
import { slug } from "../../site";
import type { SectionProps } from "../area";
import { Section } from "./section";

/** Its address, how to cite it, and where to go from here. */
export function Onward({ doc, edition }: SectionProps) {
  const page = (code: string) => areaHref(edition, code);
  const permanent = new URL(page(doc.code));
  permanent.search = "";
  const compared = [doc.code, ...doc.alike.slice(0, 2).map(({ code }) => code)].map((code) => encodeURIComponent(code)).join(",");
  return (
    <Section name="onward">
      <p>
        {t("area.onward.address")} <a href={permanent.href}>{permanent.href}</a>
      </p>
      <p>
        {t("area.onward.document")} <a href={apiUrl(`editions/${edition.id}/areas/${slug(doc.code)}.json`)}>JSON</a>
      </p>
      <div class="tools">
        <Cite edition={edition} />
      </div>
      <p>
        <a href={href(`${edition.id}/compare/`, { areas: compared })}>{t("area.onward.compare")}</a>
      </p>
      <nav class="turn" aria-label={t("area.onward.turn")}>
        {doc.previous !== null && (
          <a href={page(doc.previous)} rel="prev">
            ← {t("area.onward.previous")}
          </a>
        )}
        {doc.next !== null && (
          <a href={page(doc.next)} rel="next">
            {t("area.onward.next")} →
          </a>
        )}
      </nav>
    </Section>
  );
}
