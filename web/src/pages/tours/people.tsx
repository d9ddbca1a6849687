import { useState } from "preact/hooks";
import { Waiting } from "../../components/state";
import { type Key, t } from "../../i18n";
import { ask } from "../../tours/client";
import { useAsked } from "../../tours/load";
import type { Personal, Sheet } from "../../tours/types";
import { type Places, tourAddress, type TourAt } from "../../tours/use-tour";
import { Confirm } from "./confirm";
import { NotStored } from "./not-stored";
import { Trouble } from "./trouble";

const CONTACT = ["name", "role", "phone", "email"] as const;
const PERSON = ["name", "phone", "email", "emergency"] as const;
const TYPES: Record<string, "tel" | "email"> = { phone: "tel", email: "email" };
type Fields = Record<string, string> & { revision: number };

/** Whom to ask for at the hosts, and who travels: personal, so it stands apart and can be erased for good. */
export function People({ sheet, tour, places }: { sheet: Sheet; tour: TourAt; places: Places }) {
  const { data, error, reload } = useAsked<Personal>(`${tourAddress(sheet.id)}/personal`);
  // With a traveller goes what the tour says they need.
  const changed = () => {
    reload();
    tour.sheet.reload();
  };
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting />;
  const hosts = places.candidates.map(({ host }) => ({ code: host.code, title: host.name, about: host.place.town }));
  const bases = sheet.tour.frame.bases.map(({ code, name, place }) => ({ code, title: name || code, about: place.town }));
  const travellers = sheet.tour.delegation.delegates.map(({ code, role, country, needs }) => ({ code, title: code, about: [role, country].filter(Boolean).join(", "), needs }));
  return (
    <>
      <p class="notice">{t("tours.personalHow")}</p>
      <Register sheet={sheet} of="contacts" fields={CONTACT} entries={[...hosts, ...bases]} known={data.contacts as unknown as Record<string, Fields>} reload={changed} />
      <Register sheet={sheet} of="people" fields={PERSON} entries={travellers} known={data.people as unknown as Record<string, Fields>} reload={changed} />
      {data.emergency.length > 0 && <Numbers sheet={sheet} numbers={data.emergency} reload={reload} />}
    </>
  );
}

/** Persons to call in an emergency; they are entered with the tour, and can be erased here. */
function Numbers({ sheet, numbers, reload }: { sheet: Sheet; numbers: Personal["emergency"]; reload: () => void }) {
  const [error, setError] = useState<Error | null>(null);
  const erase = (who: string) => void ask<void>("DELETE", `${tourAddress(sheet.id)}/emergency/${encodeURIComponent(who)}`).then(reload, setError);
  return (
    <section class="register">
      <h2>{t("tours.callInEmergency")}</h2>
      {error && <Trouble error={error} />}
      <ul>
        {numbers.map(({ who, number }) => (
          <li key={`${who} ${number}`}>
            <div class="who">
              <strong>{who}</strong>
            </div>
            <div class="known">
              <span>{number}</span>
            </div>
            <div class="tools">
              <Confirm label={t("tours.erase")} question={t("tours.eraseSure", { name: who })} yes={t("tours.eraseYes")} act={() => erase(who)} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RegisterProps {
  sheet: Sheet;
  of: "contacts" | "people";
  fields: readonly string[];
  /** `needs` are personal as well, and stand with the tour. */
  entries: { code: string; title: string; about: string; needs?: string[] }[];
  known: Record<string, Fields>;
  reload: () => void;
}

const ROWS = 50;

function Register({ sheet, of, fields, entries, known, reload }: RegisterProps) {
  // With the revision that the form was filled from.
  const [open, setOpen] = useState<{ code: string; revision: number } | null>(null);
  const [text, setText] = useState("");
  const [rows, setRows] = useState(ROWS);
  const [error, setError] = useState<Error | null>(null);
  const [said, setSaid] = useState("");
  const address = (code: string) => `${tourAddress(sheet.id)}/${of}/${encodeURIComponent(code)}`;
  const title = t(of === "contacts" ? "tours.contacts" : "tours.people");
  const lower = text.toLowerCase();
  const asked = entries.filter(({ code, title }) => `${code} ${title} ${fields.map((field) => known[code]?.[field] ?? "").join(" ")}`.toLowerCase().includes(lower));

  const done = (words: string) => {
    setOpen(null);
    setError(null);
    setSaid(words);
    reload();
  };
  const store = (code: string, title: string) => (event: SubmitEvent) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const texts = Object.fromEntries(fields.map((field) => [field, String(said.get(field) ?? "").trim()]));
    const body = { ...texts, revision: open?.revision ?? 0 };
    ask<void>("PUT", address(code), { body }).then(() => done(t("tours.said.personSaved", { name: title })), setError);
  };
  const erase = (code: string, title: string) => void ask<void>("DELETE", address(code)).then(() => done(t("tours.said.erased", { name: title })), setError);

  return (
    <section class="register">
      <h2>{title}</h2>
      {entries.length > 8 && (
        <label class="inline">
          <span>{t("tours.find")}</span>
          <input type="search" value={text} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      )}
      <p role="status" class={said ? "notice" : "hidden"}>
        {said}
      </p>
      <NotStored
        error={error}
        conflict="tours.personConflict"
        reload={() => {
          setOpen(null);
          setError(null);
          reload();
        }}
      />
      <ul>
        {asked.slice(0, rows).map(({ code, title, about, needs = [] }) => {
          const entry = known[code];
          const isKnown = entry && fields.some((field) => entry[field]);
          return (
            <li key={code}>
              <div class="who">
                <strong>{title}</strong> <small>{about}</small>
              </div>
              {open?.code === code ? (
                <form onSubmit={store(code, title)}>
                  {fields.map((field) => (
                    <label key={field}>
                      <span>{t(`tours.field.${field}` as Key)}</span>
                      <input name={field} type={(TYPES[field] ?? "text") as "text"} defaultValue={entry?.[field] ?? ""} maxLength={400} autocomplete="off" />
                    </label>
                  ))}
                  <div class="tools">
                    <button type="submit" class="first">
                      {t("tours.save")}
                    </button>
                    <button type="button" onClick={() => setOpen(null)}>
                      {t("tours.cancel")}
                    </button>
                  </div>
                </form>
              ) : (
                <>
                  <div class="known">
                    {isKnown ? (
                      fields.map((field) => (entry[field] ? <span key={field}>{field === "emergency" ? `${t("tours.field.emergency")}: ${entry[field]}` : entry[field]}</span> : null))
                    ) : (
                      <span class="aside">{t("tours.nobodyKnown")}</span>
                    )}
                    {needs.length > 0 && <span>{t("tours.needs", { needs: needs.join(", ") })}</span>}
                  </div>
                  <div class="tools">
                    <button type="button" aria-label={`${t("tours.edit")}: ${title}`} onClick={() => setOpen({ code, revision: entry?.revision ?? 0 })}>
                      {t("tours.edit")}
                    </button>
                    {(isKnown || needs.length > 0) && <Confirm label={t("tours.erase")} question={t("tours.eraseSure", { name: title })} yes={t("tours.eraseYes")} act={() => erase(code, title)} />}
                  </div>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {asked.length > rows && (
        <button type="button" onClick={() => setRows(rows + ROWS)}>
          {t("tours.more", { n: Math.min(ROWS, asked.length - rows) })}
        </button>
      )}
    </section>
  );
}
