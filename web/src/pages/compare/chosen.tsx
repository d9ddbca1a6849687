import { t } from "../../i18n";
import { href } from "../../router";
import { slug } from "../../site";
import type { EditionSummary, Row } from "../../types";
import { moved, select } from "./selection";

/** The places in the order of the columns, to move and take away. */
export function Chosen({ edition, places }: { edition: EditionSummary; places: Row[] }) {
  const codes = places.map(({ area }) => String(area));
  return (
    <ol class="chosen" aria-label={t("compare.chosen")}>
      {places.map((place, at) => {
        const name = String(place.name);
        return (
          <li key={place.area}>
            <a href={href(`${edition.id}/areas/${slug(codes[at] ?? "")}/`)}>{name}</a>
            <span class="moves">
              <button type="button" aria-label={t("compare.earlier", { name })} disabled={at === 0} onClick={() => select(moved(codes, at, -1))}>
                ↑
              </button>
              <button type="button" aria-label={t("compare.later", { name })} disabled={at === places.length - 1} onClick={() => select(moved(codes, at, 1))}>
                ↓
              </button>
              <button type="button" aria-label={t("compare.remove", { name })} onClick={() => select(codes.filter((_, place) => place !== at))}>
                ✕
              </button>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
