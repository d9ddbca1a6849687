import { Waiting } from "../../components/state";
import { t, tMaybe } from "../../i18n";
import { folded } from "../../tours/events";
import { useAsked } from "../../tours/load";
import { moment } from "../../tours/time";
import type { Event } from "../../tours/types";
import { type Places, tourAddress } from "../../tours/use-tour";
import { Trouble } from "./trouble";

/** Who did what when. */
export function Log({ id, places }: { id: string; places: Places }) {
  const { data, error, reload } = useAsked<{ events: Event[] }>(`${tourAddress(id)}/log`);
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting />;
  return (
    <>
      <div class="tools">
        <button type="button" onClick={reload}>
          {t("tours.reload")}
        </button>
      </div>
      {data.events.length === 0 ? (
        <p>{t("tours.noEvents")}</p>
      ) : (
        <div class="scroll stacked" tabIndex={0} role="region" aria-label={t("tours.part.log")}>
          <table class="log">
            <thead>
              <tr>
                <th scope="col">{t("tours.when")}</th>
                <th scope="col">{t("tours.by")}</th>
                <th scope="col">{t("tours.what")}</th>
                <th scope="col">{t("tours.aboutWhat")}</th>
              </tr>
            </thead>
            <tbody>
              {folded(data.events).map((event) => (
                <tr key={event.number}>
                  <td>{moment(event.at)}</td>
                  <td>{event.user}</td>
                  <td>{tMaybe(`tours.event.${event.what}`, event.what)}</td>
                  <td>{places.name(event.about)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
