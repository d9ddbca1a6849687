import { useState } from "preact/hooks";
import { Copyable } from "../../components/copy";
import { Waiting } from "../../components/state";
import { language, t } from "../../i18n";
import { root } from "../../site";
import { ask } from "../../tours/client";
import { useAsked } from "../../tours/load";
import { moment } from "../../tours/time";
import type { NewShare, Share, Sheet } from "../../tours/types";
import { tourAddress } from "../../tours/use-tour";
import { Confirm } from "./confirm";
import { Trouble } from "./trouble";

/** Links to a road book without contacts: to make, to copy while they are told, to revoke. */
export function Shares({ sheet }: { sheet: Sheet }) {
  const address = `${tourAddress(sheet.id)}/shares`;
  const { data, error, reload } = useAsked<{ shares: Share[] }>(address);
  const [made, setMade] = useState<NewShare | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const asked = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setFailure(null);
    ask<NewShare>("POST", address, { body: { plan: String(asked.get("plan")), days: Number(asked.get("days")) } })
      .then((share) => {
        setMade(share);
        reload();
      })
      .catch(setFailure)
      .finally(() => setBusy(false));
  };
  const revoke = ({ id }: Share) =>
    void ask<void>("DELETE", `${address}/${encodeURIComponent(String(id))}`).then(() => {
      if (made?.id === id) setMade(null);
      setSaid(t("tours.said.revoked"));
      reload();
    }, setFailure);

  return (
    <section class="shares">
      <h2>{t("tours.shares")}</h2>
      <p>{t("tours.sharesHow")}</p>
      <p class="hidden" role="status">
        {said}
      </p>
      {sheet.plans.length > 0 && (
        <form class="tools" onSubmit={onSubmit}>
          <label class="inline">
            <span>{t("tours.plan")}</span>
            <select name="plan">
              {sheet.plans.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label class="inline">
            <span>{t("tours.shareDays")}</span>
            <input name="days" type="number" min={1} max={366} defaultValue="30" required />
          </label>
          <button type="submit" class="first" disabled={busy}>
            {t("tours.makeShare")}
          </button>
        </form>
      )}
      {failure && <Trouble error={failure} />}
      {made && (
        <div class="made" role="status">
          <p>
            <strong>{t("tours.shareMade", { plan: made.plan, until: moment(made.expires) })}</strong> {t("tours.shareOnce")}
          </p>
          <Copyable text={addressOf(made)} label={t("tours.shareAddress")} />
          <p>
            <a href={addressOf(made)} target="_blank" rel="noopener">
              {t("tours.shareOpen")}
              <span class="hidden"> {t("tours.newWindow")}</span>
            </a>
          </p>
        </div>
      )}
      {error ? (
        <Trouble error={error} />
      ) : !data ? (
        <Waiting />
      ) : data.shares.length === 0 ? (
        <p>{t("tours.noShares")}</p>
      ) : (
        <div class="scroll stacked" tabIndex={0} role="region" aria-label={t("tours.shares")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("tours.plan")}</th>
                <th scope="col">{t("tours.shareCreated")}</th>
                <th scope="col">{t("tours.shareEnds")}</th>
                <th scope="col">{t("tours.by")}</th>
                <th scope="col">{t("tours.stateOf")}</th>
              </tr>
            </thead>
            <tbody>
              {data.shares.map((share) => {
                const isOver = share.expires * 1000 < Date.now();
                return (
                  <tr key={share.id}>
                    <th scope="row">{share.plan}</th>
                    <td data-head={t("tours.shareCreated")}>{moment(share.created)}</td>
                    <td data-head={t("tours.shareEnds")}>{moment(share.expires)}</td>
                    <td data-head={t("tours.by")}>{share.user}</td>
                    <td>
                      {share.revoked ? (
                        t("tours.shareRevoked")
                      ) : isOver ? (
                        t("tours.shareOver")
                      ) : (
                        <Confirm label={t("tours.revoke")} question={t("tours.revokeSure")} yes={t("tours.revokeYes")} act={() => revoke(share)} />
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** The whole address of a share, in the language of its maker. */
function addressOf({ address }: NewShare): string {
  const url = new URL(address.replace(/^\//, ""), root);
  if (language() !== "en") url.searchParams.set("lang", language());
  return url.href;
}
