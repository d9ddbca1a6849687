/** Colours of charts, in full: a saved picture has no style sheet. Those of text hold 4.5 : 1 on white, of marks 3 : 1. */
export const COLOURS = {
  ink: "#1c2733",
  soft: "#55636f",
  line: "#d5dbe1",
  tint: "#eef1f4",
  plain: "#7f93a6",
  accent: "#0b5394",
  warn: "#a34700",
};
