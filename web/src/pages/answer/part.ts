import type { Answer, EditionSummary } from "../../types";

/** What every part of the answer is given. */
export interface Part {
  edition: EditionSummary;
  answer: Answer;
}
