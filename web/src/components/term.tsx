import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { entryOf } from "../glossary";
import { t, tMaybe } from "../i18n";
import { label } from "../labels";
import { href } from "../router";
import { Beside } from "./beside";
import "../styles/term.css";

interface Props {
  /** A column of the profiles, or an entry of the glossary. */
  id: string;
  /** What to show; the label of the column where it is left out. */
  children?: ComponentChildren;
}

/** A word with its glossary entry beside it: by pointer, focus or tap; Escape closes it. */
export function Term({ id, children }: Props) {
  const entry = entryOf(id);
  const shown = children ?? label(id);
  return entry ? <Explained entry={entry}>{shown}</Explained> : <>{shown}</>;
}

function Explained({ entry, children }: { entry: string; children: ComponentChildren }) {
  const id = useId();
  const [beside] = useState(() => new Beside());
  useEffect(() => beside.close, []);
  return (
    <span
      class="term"
      onPointerEnter={(event) => event.pointerType === "mouse" && beside.open()}
      onPointerLeave={(event) => event.pointerType === "mouse" && beside.leave()}
      onFocusIn={(event) => event.target instanceof Element && event.target.matches(":focus-visible") && beside.open()}
      onFocusOut={beside.blur}
    >
      <button
        ref={(element) => void (beside.word = element)}
        type="button"
        class="word"
        aria-expanded="false"
        aria-controls={id}
        onClick={beside.toggle}
      >
        {children}
      </button>
      <span ref={(element) => void (beside.note = element)} id={id} class="entry" role="note" popover="manual">
        {tMaybe(`glossary.${entry}.text`, "")}{" "}
        <a href={`${href("glossary/")}#${entry}`}>{t("glossary.more")}</a>
      </span>
    </span>
  );
}
