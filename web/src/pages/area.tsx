import type { PageProps } from ".";
import { ApiError } from "../api";
import { Failed, Waiting } from "../components/state";
import { useArea } from "../data";
import { t } from "../i18n";
import { useJump } from "../jump";
import { href } from "../router";
import { unslug } from "../site";
import "../styles/area.css";
import type { AreaDoc, EditionSummary } from "../types";
import { useTitle } from "../title";
import { Certainty } from "./area/certainty";
import { Commuting } from "./area/commuting";
import { Heading } from "./area/heading";
import { Indicators } from "./area/indicators";
import { Making } from "./area/making";
import { Members } from "./area/members";
import { Onward } from "./area/onward";
import { Others } from "./area/others";
import { Place } from "./area/place";
import { Rule } from "./area/rule";

/** What every section of the page is given. */
export interface SectionProps {
  doc: AreaDoc;
  edition: EditionSummary;
}

/** One area or district: a story told from its data. */
export function Area({ edition, rest }: PageProps) {
  const { data, error } = useArea(edition, unslug(rest[0] ?? ""));
  useTitle(data?.name, edition.title);
  useJump(data !== undefined);
  if (error) return error instanceof ApiError && error.status === 404 ? <Unknown edition={edition} /> : <Failed error={error} />;
  if (!data) return <Waiting />;
  const props = { doc: data, edition };
  return (
    <article class="page area">
      <Heading {...props} />
      <Place {...props} />
      {edition.has.jobs && <Making {...props} />}
      {edition.has.jobs && <Rule {...props} />}
      <Certainty {...props} />
      <Commuting {...props} />
      <Members {...props} />
      <Others {...props} />
      <Indicators {...props} />
      <Onward {...props} />
    </article>
  );
}

function Unknown({ edition }: { edition: EditionSummary }) {
  return (
    <section class="page">
      <h1>{t("area.unknown")}</h1>
      <p>
        <a href={href(`${edition.id}/areas/`)}>{t("area.toTable")}</a>
      </p>
    </section>
  );
}
