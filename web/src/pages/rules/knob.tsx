import { useEffect, useRef, useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { setQuery } from "../../router";
import type { Slider } from "../../types";
import { valueOf } from "./values";

/** Milliseconds of stillness after which a value is taken. */
const STILL = 200;

/** A parameter as a slider; the address holds its value once the reader's hand rests. */
export function Knob({ slider, value }: { slider: Slider; value: number }) {
  const { name, min, max, step, value: ofStudy } = slider;
  const [shown, setShown] = useState(value);
  const timer = useRef(0);
  useEffect(() => setShown(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = (wanted: number) => {
    setShown(wanted);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setQuery({ [name]: wanted === ofStudy ? undefined : String(wanted) }), STILL);
  };
  const id = `rule-${name}`;
  const isChanged = shown !== ofStudy;
  return (
    <div class="knob">
      <label for={id}>{t(`rules.${name}` as Key)}</label>
      <output for={id} class={isChanged ? "changed" : undefined}>
        {valueOf(name, shown)}
      </output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        list={`${id}-study`}
        aria-valuetext={t("rules.valuetext", { value: valueOf(name, shown), study: valueOf(name, ofStudy) })}
        aria-describedby={`${id}-why`}
        onInput={(event) => take(event.currentTarget.valueAsNumber)}
      />
      <datalist id={`${id}-study`}>
        <option value={ofStudy} />
      </datalist>
      <p id={`${id}-why`}>
        {t(`rules.${name}.why` as Key)}{" "}
        {isChanged ? (
          <button type="button" class="back" onClick={() => take(ofStudy)}>
            {t("rules.back", { value: valueOf(name, ofStudy) })}
          </button>
        ) : (
          <span>{t("rules.asStudy")}</span>
        )}
      </p>
    </div>
  );
}
