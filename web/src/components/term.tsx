import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { entryOf } from "../glossary";
import { t, tMaybe } from "../i18n";
import { label } from "../labels";
import { href } from "../router";
import "../styles/term.css";

/** Milliseconds that a pointer may take on its way from the word to the entry. */
const GRACE = 250;

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
  const word = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const leaving = useRef(0);
  const isOpen = () => note.current?.matches(":popover-open") ?? false;

  const open = () => {
    clearTimeout(leaving.current);
    if (isOpen() || !word.current || !note.current) return;
    note.current.showPopover();
    place(note.current, word.current);
    word.current.setAttribute("aria-expanded", "true");
    addEventListener("scroll", close, { capture: true, once: true, passive: true });
  };
  const close = () => {
    clearTimeout(leaving.current);
    if (isOpen()) note.current?.hidePopover();
    word.current?.setAttribute("aria-expanded", "false");
  };
  const leave = () => {
    clearTimeout(leaving.current);
    leaving.current = window.setTimeout(close, GRACE);
  };

  return (
    <span
      class="term"
      onPointerEnter={(event) => event.pointerType === "mouse" && open()}
      onPointerLeave={(event) => event.pointerType === "mouse" && leave()}
      onFocusIn={(event) => event.target instanceof Element && event.target.matches(":focus-visible") && open()}
      onFocusOut={leave}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen()) return;
        event.stopPropagation();
        close();
      }}
    >
      <button ref={word} type="button" class="word" aria-expanded="false" aria-controls={id} onClick={() => (isOpen() ? close() : open())}>
        {children}
      </button>
      <span ref={note} id={id} class="entry" role="note" popover="manual">
        {tMaybe(`glossary.${entry}.text`, "")}{" "}
        <a href={`${href("glossary/")}#${entry}`}>{t("glossary.more")}</a>
      </span>
    </span>
  );
}

/** Below the word, or above it where there is no room; always within the window. */
function place(note: HTMLElement, word: HTMLElement): void {
  const at = word.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  const below = at.bottom + height + 8 <= innerHeight || at.top < height;
  note.style.left = `${left}px`;
  note.style.top = `${below ? at.bottom : at.top - height}px`;
}
