import { number } from "../../format";
import type { Cell } from "../../types";

/** A count, persons or jobs, without decimals. */
export const whole = (value: Cell): string => number(value, "persons");
