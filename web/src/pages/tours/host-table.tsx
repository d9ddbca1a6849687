import { Fragment } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { digits, t } from "../../i18n";
import { setQuery, useAddress } from "../../router";
import { useDragged } from "../../tours/drag";
import { type Candidate, type HostFilter, isAsked, readHostFilter } from "../../tours/hosts";
import { sentence } from "../../tours/lines";
import { ALL_KINDS } from "../../tours/kinds";
import { placeOf } from "../../tours/order";
import { dateName } from "../../tours/time";
import type { TourAt } from "../../tours/use-tour";
import type { Board } from "./board";
import { ClashText } from "./clashes";
import { HostDetails } from "./host-details";
import { Mark } from "./mark";
import { Several } from "./several";
import { Trouble } from "./trouble";

/** Rows at first, and as many more each time. */
const ROWS = 60;
const STATES: HostFilter["state"][] = ["unplanned", "planned", "shortlisted", "proposed", "asked", "confirmed", "declined", "mandatory", "excluded", "impossible"];

/** Who could be visited, the most promising first. */
export function HostTable({ board, tour }: { board: Board; tour: TourAt }) {
  const { sheet, places, desk, selected } = board;
  const { query } = useAddress();
  const filter = readHostFilter(query);
  const [rows, setRows] = useState(ROWS);
  const key = JSON.stringify(filter);
  const asked = useMemo(() => {
    const planned = new Set(desk.now.order.flatMap(({ hosts }) => hosts));
    return places.candidates.filter((one) => isAsked(one, filter, planned.has(one.host.code)));
  }, [places, desk.now.order, key]);
  const at = selected === null ? -1 : asked.findIndex(({ host }) => host.code === selected);
  const shown = asked.slice(0, Math.max(rows, at + 1));
  useEffect(() => setRows(ROWS), [key]);
  const [picked, setPicked] = useState<Set<string> | null>(null);
  const pick = (code: string) => setPicked((old) => new Set(old?.has(code) ? [...old].filter((other) => other !== code) : [...(old ?? []), code]));
  const isFiltered = Boolean(filter.text || filter.kind || filter.district || filter.state);
  const { districts, kinds } = useMemo(() => {
    const [codes, kinds] = [new Set(sheet.tour.hosts.map(({ district }) => district)), new Set(sheet.tour.hosts.map(({ kind }) => kind))];
    return { districts: sheet.tour.districts.filter(({ code }) => codes.has(code)), kinds: ALL_KINDS.filter((kind) => kinds.has(kind)) };
  }, [sheet]);

  return (
    <section class="hosts" aria-labelledby="hosts-title">
      <h2 id="hosts-title">{t("tours.hosts")}</h2>
      <search class="host-filters">
        <label class="wide">
          <span>{t("tours.find")}</span>
          <input type="search" value={filter.text} placeholder={t("tours.findWhat")} onInput={(event) => setQuery({ find: event.currentTarget.value })} />
        </label>
        <label>
          <span>{t("tours.kindOf")}</span>
          <select value={filter.kind} onChange={(event) => setQuery({ kind: event.currentTarget.value })}>
            <option value="">{t("tours.all")}</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`tours.kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        {districts.length > 1 && (
          <label>
            <span>{t("tours.district")}</span>
            <select value={filter.district} onChange={(event) => setQuery({ district: event.currentTarget.value })}>
              <option value="">{t("tours.all")}</option>
              {districts.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          <span>{t("tours.stateOf")}</span>
          <select value={filter.state} onChange={(event) => setQuery({ state: event.currentTarget.value })}>
            <option value="">{t("tours.all")}</option>
            {STATES.map((state) => (
              <option key={state} value={state}>
                {t(`tours.filter.${state as Exclude<typeof state, "">}`)}
              </option>
            ))}
          </select>
        </label>
      </search>
      <p class="aside" role="status">
        {t("tours.hostsShown", { n: asked.length, all: sheet.tour.hosts.length })}{" "}
        {isFiltered && (
          <button type="button" class="link" onClick={() => setQuery({ find: undefined, kind: undefined, district: undefined, state: undefined })}>
            {t("tours.showAll")}
          </button>
        )}
      </p>
      {board.writes && <Several board={board} tour={tour} asked={asked.map(({ host }) => host.code)} picked={picked} setPicked={setPicked} />}
      {tour.worth.error && <Trouble error={tour.worth.error} />}
      <div class="host-list">
        <table>
          <caption class="hidden">{t("tours.hosts")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("tours.host")}</th>
              <th scope="col" class="number">
                {t("tours.pointsHead")}
              </th>
              <th scope="col">{t("tours.addTo")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Fragment key={one.host.code}>
                <Row board={board} one={one} picked={picked} pick={pick} />
                {selected === one.host.code && (
                  <tr class="details" id={`details-${one.host.code}`}>
                    <td colSpan={3}>
                      <HostDetails board={board} one={one} tour={tour} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
        {asked.length === 0 && <p>{t("tours.noHosts")}</p>}
      </div>
      {shown.length < asked.length && (
        <button type="button" onClick={() => setRows(rows + ROWS)}>
          {t("tours.more", { n: Math.min(ROWS, asked.length - shown.length) })}
        </button>
      )}
    </section>
  );
}

interface RowProps {
  board: Board;
  one: Candidate;
  /** Hosts that are chosen, where several are being chosen. */
  picked: Set<string> | null;
  pick: (code: string) => void;
}

function Row({ board, one: { host, visit, worth, district }, picked, pick }: RowProps) {
  const { sheet, desk, selected, select, grip, add, reasons, drags } = board;
  const isDragged = useDragged(drags, (drag) => drag?.host === host.code);
  const isOpen = selected === host.code;
  const place = placeOf(desk.now.order, host.code);
  const isOut = worth?.eligible === false || visit.demand === "excluded" || visit.state === "declined";
  const reason = reasons.get(host.code);
  return (
    <tr class={`host${isOpen ? " selected" : ""}${isOut ? " out" : ""}${isDragged ? " dragged" : ""}`} data-host={host.code}>
      <th scope="row">
        <div class="line">
          <span class="grip" aria-hidden="true" title={t("tours.dragMe")} onPointerDown={grip(host.code)}>
            ⠿
          </span>
          {picked && <input type="checkbox" aria-label={t("tours.pick", { name: host.name })} checked={picked.has(host.code)} onChange={() => pick(host.code)} />}
          <Mark kind={host.kind} named />
          <span class="name">
            <button type="button" class="link" aria-expanded={isOpen} aria-controls={isOpen ? `details-${host.code}` : undefined} onClick={() => select(isOpen ? null : host.code)}>
              {host.name}
            </button>
            <small>
              {[host.place.town, district?.name, t("tours.time.minutes", { m: visit.minutes ?? host.minutes })].filter((part, at, all) => part && all.indexOf(part) === at).join(" · ")}
            </small>
            <span class="chips">
              {visit.state !== "proposed" && <span class={`chip ${visit.state}`}>{t(`tours.state.${visit.state}`)}</span>}
              {visit.demand !== "free" && <span class={`chip ${visit.demand}`}>{t(`tours.demand.${visit.demand}`)}</span>}
              {worth && !worth.eligible && <span class="chip impossible">{t("tours.impossible")}</span>}
              {worth?.eligible && !worth.shortlisted && <span class="chip">{t("tours.notShortlisted")}</span>}
            </span>
            {!isOpen && worth && !worth.eligible && worth.clashes[0] && (
              <small class="why">
                <ClashText clash={worth.clashes[0]} board={board} />
              </small>
            )}
            {reason && !place && (
              <small class="why">
                <span lang="en">{sentence(reason.text, board.places.name)}</span>
                {reason.adds !== undefined && `. ${t("tours.wouldAdd", { n: reason.adds })}`}
              </small>
            )}
          </span>
        </div>
      </th>
      <td class="number">{worth ? digits(worth.points) : "–"}</td>
      <td class="adds">
        <div>
          {sheet.tour.frame.days.map(({ date }, day) => {
            const isHere = place?.day === day;
            return (
              <button
                key={date}
                type="button"
                aria-pressed={isHere}
                aria-disabled={isHere}
                aria-label={t(isHere ? "tours.isOn" : "tours.putOn", { name: host.name, day: dateName(date) })}
                onClick={() => !isHere && add(host.code, day)}
              >
                {dateName(date, "brief")}
              </button>
            );
          })}
        </div>
      </td>
    </tr>
  );
}
