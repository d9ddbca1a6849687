import { number } from "../../format";
import type { Slider } from "../../types";

/** Values of the parameters, by their names in `study.toml`. */
export type Values = Record<string, number>;

/** What the address asks for: parameters that differ from the study. What is no number within the bounds is left out. */
export function changed(sliders: Slider[], query: URLSearchParams): Values {
  const asked = sliders.flatMap(({ name, min, max, value }): [string, number][] => {
    const text = query.get(name) ?? "";
    const wanted = Number(text);
    return text.trim() !== "" && wanted >= min && wanted <= max && wanted !== value ? [[name, wanted]] : [];
  });
  return Object.fromEntries(asked);
}

/** A value of a parameter with the digits of its unit. */
export function valueOf(name: string, value: number): string {
  if (/(_sc|_share)$/.test(name)) return number(value, "share");
  if (/(_size|_employees)$/.test(name)) return number(value, "persons");
  return number(value, "number");
}
