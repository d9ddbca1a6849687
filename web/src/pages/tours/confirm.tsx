import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";

interface Props {
  label: string;
  /** What it will do for good, as a question. */
  question: string;
  yes: string;
  act: () => void;
}

/** A button that asks back before it does what cannot be undone. */
export function Confirm({ label, question, yes, act }: Props) {
  const [isAsking, setAsking] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (isAsking !== was.current) box.current?.querySelector<HTMLElement>(isAsking ? "button:last-of-type" : "button")?.focus();
    was.current = isAsking;
  }, [isAsking]);
  return (
    <span ref={box} class="confirm" onKeyDown={(event) => event.key === "Escape" && setAsking(false)}>
      {isAsking ? (
        <>
          <span role="alert">{question}</span>{" "}
          <button
            type="button"
            class="danger"
            onClick={() => {
              setAsking(false);
              act();
            }}
          >
            {yes}
          </button>{" "}
          <button type="button" onClick={() => setAsking(false)}>
            {t("tours.keep")}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => setAsking(true)}>
          {label}
        </button>
      )}
    </span>
  );
}
