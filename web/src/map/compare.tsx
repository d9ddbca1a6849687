import { t } from "../i18n";
import { setQuery } from "../router";
import type { EditionSummary } from "../types";
import { Chooser } from "./chooser";
import type { Side } from "./side";

interface Props {
  first: Side;
  second: Side | null;
  editions: EditionSummary[];
}

/** Another layer or another edition beside what is shown, with a divider to be moved. */
export function CompareChooser({ first, second, editions }: Props) {
  const choices = editions.filter(({ has }) => has.map);
  return (
    <details class="map-compare" open={second !== null}>
      <summary>{t("map.compare")}</summary>
      <label for="map-with">{t("map.compare.with")}</label>
      <select
        id="map-with"
        value={second?.edition.id ?? ""}
        onChange={(event) => setQuery({ with: event.currentTarget.value, withLayer: event.currentTarget.value && (other(first) ?? first.layer), split: undefined })}
      >
        <option value="">{t("map.compare.nothing")}</option>
        {choices.map(({ id, title }) => (
          <option key={id} value={id}>
            {id === first.edition.id ? t("map.compare.same") : title}
          </option>
        ))}
      </select>
      {second && (
        <Chooser
          id="map-with-layer"
          title={t("map.compare.layer")}
          layers={second.layers.filter((layer) => layer !== "flows")}
          indicators={second.doc.indicators}
          value={second.layer}
          choose={(withLayer) => setQuery({ withLayer })}
        />
      )}
    </details>
  );
}

/** What to begin with on the other side. */
function other({ layer, layers }: Side): string | undefined {
  return layers.find((one) => one !== layer && one !== "flows");
}
