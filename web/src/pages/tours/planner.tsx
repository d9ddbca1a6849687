import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { setQuery, useAddress } from "../../router";
import { ask, isGivenUp } from "../../tours/client";
import type { Desk } from "../../tours/desk";
import { type Target, useDrag } from "../../tours/drag";
import { clashName, sentence } from "../../tours/lines";
import { isEmpty, nearestPlace, put, sameOrder, without } from "../../tours/order";
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
  const { drags, grip } = useDrag(drop);
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
  const board: Board = { sheet, places, desk, writes, selected, select, say: setSaid, drags, grip, arrange, add, reasons: known };

  const opening = usePlanOfAddress(sheet, desk, query.get("plan"));
  useVerdict(desk, places.name, setSaid);
  useAnew(desk, sheet.revision);

  return (
    <div class="planner">
      <p class="hidden" role="status" aria-live="polite">
        {said}
      </p>
      <PlanBar board={board} tour={tour} />
      {opening && <Trouble error={opening} />}
      {desk.error && (
        <Trouble error={desk.error}>
          <button type="button" onClick={() => desk.again()}>
            {t("state.again")}
          </button>
        </Trouble>
      )}
      <Totals board={board} />
      <Actions board={board} explain={(list, of) => setReasons({ of, list })} />
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

/** Opens the plan that the address names, or the first; never over something that is being worked on. */
function usePlanOfAddress(sheet: Sheet, desk: Desk, asked: string | null): Error | null {
  const [error, setError] = useState<Error | null>(null);
  const name = asked ?? (desk.isUsed ? undefined : sheet.plans[0]?.name);
  const wanted = name !== undefined && name !== desk.saved?.name ? name : null;
  const isFirst = useRef(true);
  useEffect(() => {
    const keep = isFirst.current && desk.isChanged;
    isFirst.current = false;
    if (wanted === null || keep) return setError(null);
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
function useVerdict(desk: Desk, name: Places["name"], say: (words: string) => void): void {
  const told = useRef(desk.now);
  useEffect(() => {
    if (told.current === desk.now) return;
    told.current = desk.now;
    const { fits, clashes, timed } = desk.now;
    if (fits && timed) say(t("tours.said.fits", { value: timed.value }));
    else if (fits === false) say([t("tours.said.clashes", { n: clashes.length }), ...clashes.slice(0, 3).map((clash) => clashName(clash) ?? sentence(clash.text, name))].join(" "));
  }, [desk.now]);
}

/** What has been agreed with a host may let an order fit that did not, or the other way round; a try that failed for want of a login is made good. */
function useAnew(desk: Desk, revision: number): void {
  useEffect(() => {
    if (desk.error) desk.again();
  }, []);
  const last = useRef(revision);
  useEffect(() => {
    if (last.current === revision) return;
    last.current = revision;
    if (!isEmpty(desk.now.order)) desk.again();
  }, [revision]);
}
