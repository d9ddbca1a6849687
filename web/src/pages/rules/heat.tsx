import { number } from "../../format";
import { type Key, t } from "../../i18n";
import type { Grid } from "../../types";
import { valueOf } from "./values";

const SHADES = 5;

interface Props {
  grid: Grid;
  /** The chosen place on each axis. */
  at: number[];
  choose: (axis: number, place: number) => void;
}

/** Counts over two parameters, sizes down and self-containments across, the others as chosen; the darker the more. */
export function Heat({ grid, at, choose }: Props) {
  const down = 0;
  const across = grid.axes.findIndex(({ name }, axis) => axis !== down && name.endsWith("_sc"));
  const [rows, columns] = [grid.axes[down], grid.axes[across]];
  if (!rows || !columns) return null;
  const count = ({ areas, districts }: Grid["points"][number]) => districts ?? areas;
  const counts = grid.points.map(count);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const shade = (value: number) => (most > least ? Math.round(((value - least) / (most - least)) * (SHADES - 1)) : 0);
  const pointAt = (row: number, column: number) =>
    grid.points.find((point) => point.at.every((place, axis) => place === (axis === down ? row : axis === across ? column : at[axis])));
  const ofDistricts = grid.points.some(({ districts }) => districts !== null);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t(ofDistricts ? "rules.heat.districts" : "rules.heat.areas")}>
      <table class="heat">
        <caption>{t(ofDistricts ? "rules.heat.districts" : "rules.heat.areas")}</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={columns.values.length}>
              {t(`rules.${columns.name}` as Key)}
            </th>
          </tr>
          <tr>
            <th scope="col">{t(`rules.${rows.name}` as Key)}</th>
            {columns.values.map((value) => (
              <th key={value} scope="col">
                {valueOf(columns.name, value)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.values.map((value, row) => (
            <tr key={value}>
              <th scope="row">{valueOf(rows.name, value)}</th>
              {columns.values.map((_, column) => {
                const point = pointAt(row, column);
                if (!point) return <td>{t("rules.heat.none")}</td>;
                return (
                  <td>
                    <button
                      type="button"
                      class={`shade-${shade(count(point))}`}
                      aria-pressed={at[down] === row && at[across] === column}
                      onClick={() => {
                        choose(down, row);
                        choose(across, column);
                      }}
                    >
                      {number(count(point), "zones")}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
