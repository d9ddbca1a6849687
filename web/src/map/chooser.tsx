import { t } from "../i18n";
import type { Key } from "../i18n";
import { label } from "../labels";
import type { Indicator } from "../types";

const OF_TABLE: Record<string, "people" | "commuting" | "work" | "certainty"> = {
  persons: "people",
  zones: "people",
  km2: "people",
  employees: "work",
  units: "work",
  quotient: "work",
};
const GROUPS = ["people", "commuting", "work", "certainty"] as const;

/** Where an indicator stands in the chooser. */
export function groupOf({ id, unit }: Pick<Indicator, "id" | "unit">): (typeof GROUPS)[number] {
  if (/existence|jaccard|core_|fringe_|contested_|certain/.test(id)) return "certainty";
  if (/^sc_|commut|home_work|cohesion|links_|validity|inside|central/.test(id)) return "commuting";
  if (/industry|manufacturing|national_share|jobs/.test(id)) return "work";
  return OF_TABLE[unit] ?? "people";
}

/** The name of a layer. */
export function layerName(layer: string): string {
  return ["industry", "membership", "borders", "flows"].includes(layer) ? t(`map.layer.${layer}` as Key) : label(layer);
}

interface Props {
  id: string;
  title: string;
  layers: string[];
  indicators: Indicator[];
  value: string;
  choose(layer: string): void;
}

/** What the map shows: what it is for first, then measures by what they are about. */
export function Chooser({ id, title, layers, indicators, value, choose }: Props) {
  const own = layers.filter((layer) => !indicators.some((indicator) => indicator.id === layer));
  return (
    <div class="map-chooser">
      <label for={id}>{title}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {own.length > 0 && (
          <optgroup label={t("map.group.main")}>
            {own.map((layer) => (
              <option key={layer} value={layer}>
                {layerName(layer)}
              </option>
            ))}
          </optgroup>
        )}
        {GROUPS.map((group) => {
          const members = indicators.filter((indicator) => groupOf(indicator) === group);
          if (members.length === 0) return null;
          return (
            <optgroup key={group} label={t(`map.group.${group}`)}>
              {members.map(({ id }) => (
                <option key={id} value={id}>
                  {label(id)}
                </option>
              ))}
            </optgroup>
          );
        })}
      </select>
    </div>
  );
}
