import { Waiting } from "../../components/state";
import { t } from "../../i18n";
import { href } from "../../router";
import { useAsked } from "../../tours/load";
import { dateRange, moment } from "../../tours/time";
import type { Entry } from "../../tours/types";
import { useTitle } from "../../title";
import { Gate, Whoever } from "./gate";
import { Trouble } from "./trouble";

/** All tours of the store. */
export function ToursPage() {
  return (
    <Gate>
      <List />
    </Gate>
  );
}

function List() {
  const { data, error, reload } = useAsked<{ tours: Entry[] }>("tours");
  useTitle(t("nav.tours"));
  return (
    <section class="page tours-page">
      <div class="tour-head">
        <h1>{t("nav.tours")}</h1>
        <Whoever />
      </div>
      <p>{t("tours.about")}</p>
      {error ? (
        <Trouble error={error}>
          <button type="button" onClick={reload}>
            {t("state.again")}
          </button>
        </Trouble>
      ) : !data ? (
        <Waiting />
      ) : data.tours.length === 0 ? (
        <p>{t("tours.none")}</p>
      ) : (
        <ul class="tour-cards">
          {data.tours.map((tour) => (
            <li key={tour.id}>
              <h2>
                <a href={href(`tours/${encodeURIComponent(tour.id)}/`)}>{tour.title || tour.id}</a>
              </h2>
              <p class="when">{dateRange(tour.first, tour.last)}</p>
              <ul class="facts">
                <li>{t("tours.nHosts", { n: tour.hosts })}</li>
                <li>{t("tours.nDelegates", { n: tour.delegates })}</li>
                <li>{t("tours.nPlans", { n: tour.plans.length })}</li>
              </ul>
              <p class="aside">{t("tours.changedAt", { when: moment(tour.changed) })}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
