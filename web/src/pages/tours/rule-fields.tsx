import { t } from "../../i18n";
import { interestName } from "../../tours/lines";
import type { Quota, Rules, Sheet, Subject } from "../../tours/types";

interface Props {
  sheet: Sheet;
  rules: Rules;
  writes: boolean;
  change: (more: Partial<Rules>) => void;
}

/** The shortlist, districts that are visited, and how many visits of a kind. */
export function RuleFields({ sheet, rules, writes, change }: Props) {
  const { districts } = sheet.tour;
  const toggle = (code: string) =>
    change({ districts: rules.districts.includes(code) ? rules.districts.filter((other) => other !== code) : [...rules.districts, code] });
  const put = (at: number, quota: Quota) => change({ quotas: rules.quotas.map((other, place) => (place === at ? quota : other)) });
  return (
    <>
      <label class="weight">
        <span>{t("tours.shortlist")}</span>
        <input
          type="number"
          min={1}
          max={1_000_000}
          step={1}
          required
          disabled={!writes}
          value={rules.shortlist}
          onInput={(event) => change({ shortlist: event.currentTarget.valueAsNumber || 0 })}
        />
        <small>{t("tours.shortlistHow")}</small>
      </label>
      {districts.length > 0 && (
        <fieldset>
          <legend>{t("tours.onlyDistricts")}</legend>
          <p class="aside">{t("tours.onlyDistrictsHow")}</p>
          <div class="boxes">
            {districts.map(({ code, name }) => (
              <label key={code}>
                <input type="checkbox" disabled={!writes} checked={rules.districts.includes(code)} onChange={() => toggle(code)} /> {name}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <fieldset class="quotas">
        <legend>{t("tours.quotas")}</legend>
        {rules.quotas.length === 0 && <p class="aside">{t("tours.noQuotas")}</p>}
        {rules.quotas.map((quota, at) => (
          <QuotaFields
            key={at}
            sheet={sheet}
            quota={quota}
            writes={writes}
            put={(quota) => put(at, quota)}
            remove={() => change({ quotas: rules.quotas.filter((_, place) => place !== at) })}
          />
        ))}
        {writes && (
          <button type="button" onClick={() => change({ quotas: [...rules.quotas, { which: { hosts: [] }, least: 1, per: "tour" }] })}>
            {t("tours.addQuota")}
          </button>
        )}
      </fieldset>
    </>
  );
}

interface QuotaProps {
  sheet: Sheet;
  quota: Quota;
  writes: boolean;
  put: (quota: Quota) => void;
  remove: () => void;
}

function QuotaFields({ sheet, quota, writes, put, remove }: QuotaProps) {
  const { subject, district, hosts } = quota.which;
  const which = (subject: [Subject, string] | undefined, district: string | undefined): Quota["which"] => ({ hosts, ...(subject ? { subject } : {}), ...(district ? { district } : {}) });
  const number = (text: string) => Math.max(0, Math.round(Number(text)));
  const { most: _, ...free } = quota;
  return (
    <div class="quota tools">
      <label>
        <span>{t("tours.quotaOf")}</span>
        <select disabled={!writes} value={subject ? JSON.stringify(subject) : ""} onChange={(event) => put({ ...quota, which: which(event.currentTarget.value ? JSON.parse(event.currentTarget.value) : undefined, district) })}>
          <option value="">{t("tours.all")}</option>
          {subjectsOf(sheet, subject).map((one) => (
            <option key={one.join()} value={JSON.stringify(one)}>
              {interestName(...one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("tours.district")}</span>
        <select disabled={!writes} value={district ?? ""} onChange={(event) => put({ ...quota, which: which(subject, event.currentTarget.value || undefined) })}>
          <option value="">{t("tours.all")}</option>
          {sheet.tour.districts.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {hosts.length > 0 && <span>{t("tours.quotaHosts", { n: hosts.length })}</span>}
      <label>
        <span>{t("tours.atLeast")}</span>
        <input type="number" min={quota.most === undefined ? 1 : 0} max={quota.most ?? 1000} step={1} required disabled={!writes} value={quota.least} onInput={(event) => put({ ...quota, least: number(event.currentTarget.value) })} />
      </label>
      <label>
        <span>{t("tours.atMost")}</span>
        <input type="number" min={quota.least} max={1000} step={1} disabled={!writes} value={quota.most ?? ""} onInput={(event) => put(event.currentTarget.value === "" ? free : { ...quota, most: number(event.currentTarget.value) })} />
      </label>
      <label>
        <span>{t("tours.quotaPer")}</span>
        <select disabled={!writes} value={quota.per} onChange={(event) => put({ ...quota, per: event.currentTarget.value as Quota["per"] })}>
          <option value="tour">{t("tours.perTour")}</option>
          <option value="day">{t("tours.perDay")}</option>
        </select>
      </label>
      {writes && (
        <button type="button" onClick={remove}>
          {t("tours.removeQuota")}
        </button>
      )}
    </div>
  );
}

/** What hosts have, to be counted; what is counted already is among it. */
function subjectsOf({ tour }: Sheet, chosen: [Subject, string] | undefined): [Subject, string][] {
  const all = new Map<string, [Subject, string]>();
  const add = (subject: Subject, name: string) => all.set(`${subject} ${name}`, [subject, name]);
  for (const subject of ["kind", "phase", "practice", "industry"] as const) {
    const names = new Set(tour.hosts.flatMap((host) => (subject === "kind" ? [host.kind] : host[({ phase: "phases", practice: "practices", industry: "industries" } as const)[subject]])));
    [...names].sort().forEach((name) => add(subject, name));
  }
  if (chosen) add(...chosen);
  return [...all.values()];
}
