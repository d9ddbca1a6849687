import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { setQuery, useAddress } from "../../router";
import { ask, isGivenUp } from "../../tours/client";
import type { Desk } from "../../tours/desk";
import { type Target, useDrag } from "../../tours/drag";
import { isEmpty, nearestPlace, put, sameOrder } from "../../tours/order";
import type { Order, Reason, SavedPlan, Sheet } from "../../tours/types";
import { type Places, tourAddress, type TourAt } from "../../tours/use-tour";
import type { PageProps } from "..";
import { Actions } from "./actions";
import { type Board, dayName } from "./board";
import { Days } from "./days";
import { Ghost } from "./ghost";
import { HostTable } from "./host-table";
import { PlanBar } from "./plan-bar";
import { Totals } from "./totals";
import { TourMap } from "./tour-map";
import { Trouble } from "./trouble";

interface Props {
  sheet: Sheet;
  tour: TourAt;
  places: Places;
  desk: Desk;
  writes: boolean;
  site: PageProps["site"];
}

/** The planner's desk: the map, who could be visited, and the plan. */
export function Planner({ sheet, tour, places, desk, writes, site }: Props) {
  const { query } = useAddress();
  const [said, setSaid] = useState("");
  const [reasons, setReasons] = useState<{ of: Order[]; list: Reason[] } | null>(null);
  const selected = query.get("host");
  const select = useCallback((host: string | null) => setQuery({ host: host ?? undefined }), []);

  const arrange = (order: Order[], words: string) => {
    setSaid(words);
    desk.arrange(order);
  };
  const drop = (host: string, { day, at }: Target) => {
    const order = put(desk.now.order, host, day, at);
    if (sameOrder(order, desk.now.order)) return;
    const place = (order[day]?.hosts.indexOf(host) ?? 0) + 1;
    arrange(order, t("tours.said.put", { name: places.name(host), day: dayName(board, day), at: place }));
  };
  const { drag, grip } = useDrag(drop);
  const add = (host: string, day: number) => {
    const frameDay = sheet.tour.frame.days[day];
    const rest = desk.now.order[day]?.hosts.filter((other) => other !== host) ?? [];
    const at = nearestPlace(rest, host, places.spot, [places.spot(frameDay?.from[0] ?? ""), places.spot(frameDay?.to[0] ?? "")]);
    const order = put(without(desk.now.order, host), host, day, at);
    arrange(order, t("tours.said.put", { name: places.name(host), day: dayName(board, day), at: at + 1 }));
  };
  const known = useMemo(
    () => new Map(reasons && sameOrder(reasons.of, desk.now.order) ? reasons.list.map((reason) => [reason.host, reason]) : []),
    [reasons, desk.now.order],
  );
  const board: Board = { sheet, places, desk, writes, selected, select, say: setSaid, drag, grip, arrange, add, reasons: known };

  const opening = usePlanOfAddress(sheet, desk, query.get("plan"));
  useVerdict(desk, setSaid);
  useAnew(desk, sheet.revision);

  return (
    <div class="planner">
      <p class="hidden" role="status" aria-live="polite">
        {said}
      </p>
      <PlanBar board={board} tour={tour} />
      {opening && <Trouble error={opening} />}
      <Totals board={board} />
      <Actions board={board} explain={(list) => setReasons({ of: desk.now.order, list })} />
      <div class="desk">
        <div class="desk-plan">
          <TourMap board={board} site={site} />
          <Days board={board} />
        </div>
        <HostTable board={board} tour={tour} />
      </div>
      <Ghost board={board} />
    </div>
  );
}

function without(order: Order[], host: string): Order[] {
  return order.map((day) => ({ ...day, hosts: day.hosts.filter((other) => other !== host) }));
}

/** Opens the plan that the address names, or the first; never over something that is being worked on. */
function usePlanOfAddress(sheet: Sheet, desk: Desk, asked: string | null): Error | null {
  const [error, setError] = useState<Error | null>(null);
  const isFresh = desk.saved === null && !desk.canUndo && isEmpty(desk.now.order);
  const name = asked ?? (isFresh ? sheet.plans[0]?.name : undefined);
  const wanted = name !== undefined && name !== desk.saved?.name && sheet.plans.some((plan) => plan.name === name) ? name : null;
  const mounted = useRef(false);
  useEffect(() => {
    const isFirst = !mounted.current;
    mounted.current = true;
    if (wanted === null || (isFirst && desk.isChanged)) return;
    const stop = new AbortController();
    ask<SavedPlan>("GET", `${tourAddress(sheet.id)}/plans/${encodeURIComponent(wanted)}`, { signal: stop.signal }).then(
      (plan) => {
        setError(null);
        desk.open(plan);
      },
      (error: Error) => !isGivenUp(error) && setError(error),
    );
    return () => stop.abort();
  }, [wanted]);
  return error;
}

/** Tells the verdict on an order as it comes. */
function useVerdict(desk: Desk, say: (words: string) => void): void {
  const { fits, clashes, timed } = desk.now;
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current || fits === null) isFirst.current = fits === null && isFirst.current;
    else if (fits && timed) say(t("tours.said.fits", { value: timed.value }));
    else say([t("tours.said.clashes", { n: clashes.length }), ...clashes.slice(0, 3).map(({ text }) => text)].join(" "));
    if (fits !== null) isFirst.current = false;
  }, [fits, clashes]);
}

/** What has been agreed with a host may let an order fit that did not, or the other way round. */
function useAnew(desk: Desk, revision: number): void {
  const last = useRef(revision);
  useEffect(() => {
    if (last.current === revision) return;
    last.current = revision;
    if (!isEmpty(desk.now.order)) desk.again();
  }, [revision]);
}
