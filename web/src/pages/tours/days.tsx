import { useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { axisOf, type Happening, happenings } from "../../tours/happenings";
import { minutesOfDay } from "../../tours/time";
import type { Board } from "./board";
import { DayPart } from "./day";

/** The plan, day by day, all on one scale. */
export function Days({ board }: { board: Board }) {
  const { desk, sheet } = board;
  const { frame } = sheet.tour;
  const { order } = desk.now;
  const days = order.map((_, at) => desk.dayPlan(at));
  const key = days.map((day) => day?.timed.plan);
  const drawn: (Happening[] | null)[] = useMemo(() => days.map((day) => day && happenings(day.plan, day.timed.legs)), [order, ...key]);
  const axis = useMemo(
    () =>
      axisOf([
        ...frame.days.map(({ starts, ends }) => ({ from: minutesOfDay(starts), until: minutesOfDay(ends) })),
        ...drawn.flatMap((day) => (day && day.length > 0 ? [{ from: day[0]?.from ?? 0, until: day.at(-1)?.until ?? 0 }] : [])),
      ]),
    [frame, drawn],
  );
  return (
    <section class="days" aria-labelledby="days-title">
      <h2 id="days-title">{t("tours.thePlan")}</h2>
      <p class="aside">{t(desk.canUndo || order.some(({ hosts }) => hosts.length > 0) ? "tours.dragHow" : "tours.planEmpty")}</p>
      {order.map((one, at) => (
        <DayPart key={one.date} board={board} day={at} drawn={drawn[at] ?? null} axis={axis} />
      ))}
      {sheet.travel && (
        <p class="aside" lang="en">
          {sheet.travel}
        </p>
      )}
    </section>
  );
}
