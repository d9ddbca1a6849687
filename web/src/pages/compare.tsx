import { useState } from "preact/hooks";
import type { PageProps } from ".";
import { Failed, Waiting } from "../components/state";
import { useAreaProfiles } from "../data";
import { t } from "../i18n";
import { useAddress } from "../router";
import "../styles/compare.css";
import { useTitle } from "../title";
import type { Row } from "../types";
import { Chosen } from "./compare/chosen";
import { Columns } from "./compare/columns";
import { Picker } from "./compare/picker";
import { MOST, selected } from "./compare/selection";
import { Spread } from "./compare/spread";

/** Up to ten places side by side. */
export function Compare({ edition }: PageProps) {
  const { query } = useAddress();
  const { data, error } = useAreaProfiles(edition);
  const [said, say] = useState("");
  useTitle(t("compare.title"), edition.title);
  if (error) return <Failed error={error} />;
  if (!data) return <Waiting />;

  const asked = selected(query);
  const byCode = new Map(data.rows.map((row) => [String(row.area), row]));
  const unknown = asked.filter((code) => !byCode.has(code));
  const known = asked.flatMap((code): Row[] => {
    const row = byCode.get(code);
    return row ? [row] : [];
  });
  const places = known.slice(0, MOST);
  const beyond = known.slice(MOST);
  const codes = places.map(({ area }) => String(area));
  const others = data.rows.filter(({ area }) => !codes.includes(String(area)));
  return (
    <section class="page compare">
      <h1>{t("compare.title")}</h1>
      <p>{t("compare.say", { most: MOST })}</p>
      <Picker others={others} codes={codes} said={said} say={say} />
      {unknown.length > 0 && (
        <p class="refused" role="alert">
          {t("compare.unknown", { n: unknown.length, codes: unknown.join(", ") })}
        </p>
      )}
      {beyond.length > 0 && (
        <p class="refused" role="alert">
          {t("compare.beyond", { n: beyond.length, most: MOST, names: beyond.map(({ name }) => String(name)).join(", ") })}
        </p>
      )}
      {places.length === 0 ? (
        <p>{t("compare.empty")}</p>
      ) : (
        <>
          <Chosen edition={edition} places={places} say={say} />
          <h2>{t("compare.among")}</h2>
          <Spread edition={edition} places={places} all={data.rows} />
          <Columns edition={edition} places={places} all={data.rows} />
        </>
      )}
    </section>
  );
}
