import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type FigureData, TableFigure } from "../../components/figure";
import { sorted } from "../../sorting";
import type { EditionSummary } from "../../types";

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
  const shown = data.columns.find(({ name }) => name === column);
  const rows = column === null ? data.rows : sorted(data.rows, { column, falling: down }, shown?.format);
  return <TableFigure {...rest} data={{ ...data, rows }} sort={{ column, down, turn }} />;
}
