import { COLOURS } from "../../charts/colours";
import { CountrySketch } from "../../charts/sketch";
import { useSketch } from "../../data";
import { number } from "../../format";
import { t } from "../../i18n";
import { href } from "../../router";
import type { SectionProps } from "../area";
import { numberOf, textOf } from "./cells";
import { Section } from "./section";

/** Where in the country it lies. */
export function Place({ doc, edition }: SectionProps) {
  const { data: sketch } = useSketch(edition);
  return (
    <Section name="place">
      <div class="beside">
        <div>
          <p>{words(doc)}</p>
          {edition.has.map ? (
            <p>
              <a href={href(`${edition.id}/map/`, { area: doc.code })}>{t("area.onMap")}</a>
            </p>
          ) : (
            <p>{t("area.noMap")}</p>
          )}
        </div>
        {sketch && (
          <CountrySketch
            sketch={sketch}
            label={t("area.locator", { name: doc.name })}
            fill={(area) => ({ colour: area === doc.index ? COLOURS.accent : "#d3dae1", pattern: null })}
          />
        )}
      </div>
    </Section>
  );
}

function words({ name, profile }: SectionProps["doc"]): string {
  const zones = t("area.zones", { n: numberOf(profile, "zones") ?? 0 });
  const region = textOf(profile, "region");
  const km2 = numberOf(profile, "km2");
  const population = numberOf(profile, "population");
  return [
    region ? t("area.place.region", { name, zones, region }) : t("area.place.plain", { name, zones }),
    population === null ? t("area.place.noPopulation") : t("area.place.population", { n: Math.round(population) }),
    km2 === null ? "" : t("area.place.km2", { km2: number(km2, "km2") }),
  ]
    .filter(Boolean)
    .join(" ");
}
