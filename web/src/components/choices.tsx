import { digits } from "../i18n";
import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";

interface PanelProps {
  summary: ComponentChildren;
  /** Whether it asks for something. */
  on?: boolean;
  children: ComponentChildren;
}

/** What a button unfolds; Escape or a click elsewhere folds it again. */
export function Panel({ summary, on = false, children }: PanelProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      if (details.current?.open && !(event.target instanceof Node && details.current.contains(event.target))) details.current.open = false;
    };
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !details.current?.open) return;
    details.current.open = false;
    details.current.querySelector("summary")?.focus();
    event.stopPropagation();
  };
  return (
    <details ref={details} data-on={on ? "" : undefined} onKeyDown={onKeyDown}>
      <summary>{summary}</summary>
      <div class="panel">{children}</div>
    </details>
  );
}

export interface Choice {
  value: string;
  label: string;
  /** How many there are. */
  n?: number;
  meaning?: string;
}

interface ChoicesProps {
  label: string;
  choices: Choice[];
  chosen: readonly string[];
  toggle: (value: string) => void;
}

/** A list of boxes to tick. */
export function Choices({ label, choices, chosen, toggle }: ChoicesProps) {
  return (
    <div role="group" aria-label={label} class="panel-choices">
      {choices.map(({ value, label, n, meaning }) => (
        <label key={value} title={meaning}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span>{label}</span>
          {n !== undefined && <span class="count">{digits(n)}</span>}
        </label>
      ))}
    </div>
  );
}
