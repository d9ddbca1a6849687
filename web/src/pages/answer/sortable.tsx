import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type FigureData, TableFigure } from "../../components/figure";
import { language } from "../../i18n";
import type { Cell, EditionSummary, Row } from "../../types";

interface Props {
  id: string;
  edition: EditionSummary;
  title: string;
  caption: ComponentChildren;
  data: FigureData;
}

/** A short table that a reader may sort; the file holds what is shown, in that order. */
export function Sortable({ data, ...rest }: Props) {
  const [{ column, down }, setBy] = useState<{ column: string | null; down: boolean }>({ column: null, down: false });
  const turn = (wanted: string) => {
    const isNumber = data.rows.some((row) => typeof row[wanted] === "number");
    setBy({ column: wanted, down: wanted === column ? !down : isNumber });
  };
  const rows = column === null ? data.rows : sorted(data.rows, column, down);
  return <TableFigure {...rest} data={{ ...data, rows }} sort={{ column, down, turn }} />;
}

/** Missing values come last either way; equals stay as they were. */
function sorted(rows: Row[], column: string, down: boolean): Row[] {
  const words = new Intl.Collator(language(), { numeric: true });
  const order = (a: Cell, b: Cell) => (typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b)));
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column] ?? null, other[column] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return down ? order(b, a) : order(a, b);
  });
}
