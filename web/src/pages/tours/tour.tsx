import { useEffect } from "preact/hooks";
import { Waiting } from "../../components/state";
import { type Key, t, tMaybe } from "../../i18n";
import { href, useAddress } from "../../router";
import { mayWrite, useSession } from "../../tours/session";
import { dateRange } from "../../tours/time";
import { deskOf, useDesk, usePlaces, useTour, type TourAt } from "../../tours/use-tour";
import type { Sheet } from "../../tours/types";
import { useTitle } from "../../title";
import type { PageProps } from "..";
import { Book } from "./book";
import { People } from "./people";
import { Gate, Whoever } from "./gate";
import { Log } from "./log";
import { Planner } from "./planner";
import { Trouble } from "./trouble";
import { WeightsPart } from "./weights";
import "../../styles/table.css";

/** A tour: the desk, what counts, the road book and its shares, contacts, the log. */
export function TourPage({ rest, site }: PageProps) {
  const id = rest[0] ?? "";
  return (
    <Gate>
      <Tour key={id} id={id} site={site} />
    </Gate>
  );
}

type Part = "" | "weights" | "book" | "people" | "log";
const FOR_ALL: Part[] = ["", "weights", "book"];
const FOR_PLANNERS: Part[] = [...FOR_ALL, "people", "log"];

function Tour({ id, site }: { id: string; site: PageProps["site"] }) {
  const tour = useTour(id);
  const { data: sheet, error } = tour.sheet;
  const part = useAddress().query.get("part");
  useTitle(part ? tMaybe(`tours.part.${part}`, "") : undefined, sheet?.tour.title, t("nav.tours"));
  if (!sheet) {
    if (!error) return <Waiting />;
    return (
      <section class="page">
        <div class="tour-head">
          <h1>{t("nav.tours")}</h1>
          <Whoever />
        </div>
        <Trouble error={error}>
          <button type="button" onClick={tour.reload}>
            {t("state.again")}
          </button>
          <a href={href("tours/")}>{t("tours.toList")}</a>
        </Trouble>
      </section>
    );
  }
  return <Loaded sheet={sheet} tour={tour} site={site} />;
}

function Loaded({ sheet, tour, site }: { sheet: Sheet; tour: TourAt; site: PageProps["site"] }) {
  const { query } = useAddress();
  const writes = mayWrite(useSession());
  const desk = useDesk(deskOf(sheet.id, sheet.tour.frame));
  const places = usePlaces(sheet, tour.worth.data);
  const parts = writes ? FOR_PLANNERS : FOR_ALL;
  const asked = (query.get("part") ?? "") as Part;
  const part = parts.includes(asked) ? asked : "";
  const { title, aim, frame } = sheet.tour;
  const [first, last] = [frame.days[0]?.date ?? "", frame.days.at(-1)?.date ?? ""];

  useEffect(() => {
    if (!desk.isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [desk.isChanged]);

  return (
    <section class="page wide tour-page">
      <p class="crumbs">
        <a href={href("tours/")}>{t("nav.tours")}</a>
      </p>
      <div class="tour-head">
        <div>
          <h1>{title}</h1>
          <p class="lead">
            {dateRange(first, last)}
            {aim && <span> · {aim}</span>}
          </p>
        </div>
        <Whoever />
      </div>
      <nav aria-label={t("tours.parts")}>
        <ul class="views">
          {parts.map((name) => (
            <li key={name}>
              <a href={href(`tours/${encodeURIComponent(sheet.id)}/`, { part: name, plan: query.get("plan") ?? undefined })} aria-current={name === part ? "page" : undefined}>
                {t(`tours.part.${name || "desk"}` as Key)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {part === "weights" ? (
        <WeightsPart sheet={sheet} tour={tour} places={places} writes={writes} />
      ) : part === "book" ? (
        <Book sheet={sheet} writes={writes} />
      ) : part === "people" ? (
        <People sheet={sheet} tour={tour} places={places} />
      ) : part === "log" ? (
        <Log id={sheet.id} places={places} />
      ) : (
        <Planner sheet={sheet} tour={tour} places={places} desk={desk} writes={writes} site={site} />
      )}
    </section>
  );
}
