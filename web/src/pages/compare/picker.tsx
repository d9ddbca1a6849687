import { useId, useState } from "preact/hooks";
import { fold } from "../../filters";
import { t } from "../../i18n";
import type { Row } from "../../types";
import { MOST, select } from "./selection";

/** Suggestions that are shown at once. */
const SUGGESTED = 40;

interface Props {
  others: Row[];
  codes: string[];
  /** What was done last. */
  said: string;
  say: (words: string) => void;
}

/** A place to add, by name or code. */
export function Picker({ others, codes, said, say }: Props) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const isFull = codes.length >= MOST;
  const suggested = matching(others, typed).slice(0, SUGGESTED);

  const add = () => {
    const exact = others.find((row) => nameOf(row) === typed.trim() || String(row.area) === typed.trim());
    const found = exact ?? (suggested.length === 1 || typed.trim() !== "" ? suggested[0] : undefined);
    if (!found) return say(t("compare.noSuch", { name: typed }));
    select([...codes, String(found.area)]);
    setTyped("");
    say(t("compare.added", { name: String(found.name) }));
  };

  return (
    <form
      class="picker"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isFull) add();
      }}
    >
      <label for={id}>{t("compare.pick")}</label>
      <input id={id} list={`${id}-names`} value={typed} autocomplete="off" disabled={isFull} onInput={(event) => setTyped(event.currentTarget.value)} />
      <datalist id={`${id}-names`}>
        {suggested.map((row) => (
          <option key={row.area} value={nameOf(row)} />
        ))}
      </datalist>
      <button type="submit" disabled={isFull}>
        {t("compare.add")}
      </button>
      <span role="status">{isFull ? t("compare.full", { most: MOST }) : said}</span>
    </form>
  );
}

/** Names may recur; with its code a place is one. */
const nameOf = ({ name, area }: Row) => `${name} (${area})`;

/** Those whose name begins with what is typed, then those that hold it; each in the order of the table. */
function matching(rows: Row[], typed: string): Row[] {
  const wanted = fold(typed.trim());
  const names = rows.map((row) => ({ row, name: fold(nameOf(row)) })).filter(({ name }) => name.includes(wanted));
  const begins = names.filter(({ name }) => name.startsWith(wanted));
  return [...begins, ...names.filter(({ name }) => !name.startsWith(wanted))].map(({ row }) => row);
}
