import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { areaHref } from "../../router";
import type { EditionSummary, Row } from "../../types";
import { moved, select } from "./selection";

interface Props {
  edition: EditionSummary;
  places: Row[];
  say: (words: string) => void;
}

/** The places in the order of the columns, to move and take away. */
export function Chosen({ edition, places, say }: Props) {
  const list = useRef<HTMLOListElement>(null);
  // A moved or removed place takes the focus with it: it is given back to the same button, or to the list.
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const button = list.current?.querySelector<HTMLElement>(`button[data-does="${CSS.escape(wanted.current)}"]:enabled`);
    (button ?? list.current)?.focus();
    wanted.current = null;
  });

  const codes = places.map(({ area }) => String(area));
  const change = (does: string, to: string[], words: string) => {
    wanted.current = does;
    select(to);
    say(words);
  };
  return (
    <ol ref={list} class="chosen" tabIndex={-1} aria-label={t("compare.chosen")}>
      {places.map((place, at) => {
        const name = String(place.name);
        const code = codes[at] ?? "";
        const move = (by: number) => {
          const params = { name, at: Math.max(1, at + by + 1), of: codes.length };
          change(`${by} ${code}`, moved(codes, at, by), t("compare.moved", params));
        };
        const remove = () => change(`remove ${code}`, codes.filter((_, place) => place !== at), t("compare.removed", { name }));
        return (
          <li key={code}>
            <a href={areaHref(edition, code)}>{name}</a>
            <span class="moves">
              <button type="button" data-does={`-1 ${code}`} aria-label={t("compare.earlier", { name })} disabled={at === 0} onClick={() => move(-1)}>
                ←
              </button>
              <button type="button" data-does={`1 ${code}`} aria-label={t("compare.later", { name })} disabled={at === places.length - 1} onClick={() => move(1)}>
                →
              </button>
              <button type="button" aria-label={t("compare.remove", { name })} onClick={remove}>
                ✕
              </button>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
