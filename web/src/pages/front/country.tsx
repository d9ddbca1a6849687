import { CountrySketch } from "../../charts/sketch";
import { useMapDoc, useSketch } from "../../data";
import { t } from "../../i18n";
import { classify, MISSING } from "../../map/classes";
import { SwatchPicture } from "../../map/swatch";
import { href } from "../../router";
import type { EditionSummary } from "../../types";

/** Shown in the legend: as many as can be told apart at a glance. */
const FEW = 5;

/** The country with its districts by main industry, which leads to the map. */
export function Country({ edition }: { edition: EditionSummary }) {
  const { data: sketch } = useSketch(edition);
  const { data: doc } = useMapDoc(edition);
  if (!sketch || !doc) return <div class="country" />;
  const { classes, of } = classify(
    "industry",
    doc,
    doc.areas.map(({ kind, main_industry }) => ({ kind, main_industry })),
  );
  const label = t("front.country", { edition: edition.title });
  const known = classes.filter(({ key, n }) => key.startsWith("industry:") && n > 0);
  return (
    <figure class="country">
      <a href={href(`${edition.id}/map/`, { layer: "industry" })}>
        <CountrySketch sketch={sketch} label={label} fill={(area) => classes[of[area] ?? -1]?.swatch ?? MISSING} />
      </a>
      <figcaption>
        {label}
        <ul>
          {known.slice(0, FEW).map(({ key, label, swatch, n }) => (
            <li key={key}>
              <SwatchPicture swatch={swatch} /> {label.split(":")[0]} <span class="count">{n}</span>
            </li>
          ))}
          {known.length > FEW && <li>{t("front.more", { n: known.length - FEW })}</li>}
        </ul>
      </figcaption>
    </figure>
  );
}
