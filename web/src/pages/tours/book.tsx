import { useState } from "preact/hooks";
import { apiUrl } from "../../api";
import { language, t } from "../../i18n";
import { moment } from "../../tours/time";
import type { Sheet } from "../../tours/types";
import { tourAddress } from "../../tours/use-tour";
import { Shares } from "./shares";

/** Road books of the plans, and the links that show one to whoever has it. */
export function Book({ sheet, writes }: { sheet: Sheet; writes: boolean }) {
  const [contacts, setContacts] = useState(false);
  const address = (plan: string) => {
    const url = new URL(apiUrl(`${tourAddress(sheet.id)}/plans/${encodeURIComponent(plan)}/book.html`));
    url.searchParams.set("lang", language());
    if (writes && contacts) url.searchParams.set("contacts", "true");
    return url.href;
  };
  return (
    <>
      <h2>{t("tours.books")}</h2>
      <p>{t("tours.booksHow")}</p>
      {writes && (
        <label class="check">
          <input type="checkbox" checked={contacts} onChange={() => setContacts(!contacts)} /> {t("tours.withContacts")}
        </label>
      )}
      {contacts && <p class="notice">{t("tours.withContactsCare")}</p>}
      {sheet.plans.length === 0 ? (
        <p>{t("tours.noPlans")}</p>
      ) : (
        <ul class="books">
          {sheet.plans.map((plan) => (
            <li key={plan.name}>
              <a href={address(plan.name)} target="_blank" rel="noopener">
                {plan.name}
                <span class="hidden"> {t("tours.newWindow")}</span>
              </a>
              <small>{t("tours.savedBy", { user: plan.user, when: moment(plan.changed) })}</small>
            </li>
          ))}
        </ul>
      )}
      {writes && <Shares sheet={sheet} />}
    </>
  );
}
