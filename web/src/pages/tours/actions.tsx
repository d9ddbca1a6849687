import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { ask, isGivenUp } from "../../tours/client";
import { isBetter } from "../../tours/differences";
import type { Order, Plan, Reason, Reasons, Replanned, Solved, Timed } from "../../tours/types";
import { tourAddress } from "../../tours/use-tour";
import { Alternatives } from "./alternatives";
import type { Board } from "./board";
import { Changes } from "./changes";
import { Clashes } from "./clashes";
import { type Late, Replan } from "./replan";
import { Trouble } from "./trouble";

type Outcome =
  | { what: "alternatives"; plans: Timed[]; against: Plan | null }
  | { what: "replan"; answer: Replanned }
  | { what: "none"; solved: Solved }
  | { what: "reasons"; n: number };

interface Props {
  board: Board;
  /** What the server says of hosts that are not in the plan of an order. */
  explain: (reasons: Reason[], of: Order[]) => void;
}

const SECONDS = [1, 2, 5, 10, 20];
const FURTHER = 3;

/** What the server can do with the order on the desk. */
export function Actions({ board, explain }: Props) {
  const { sheet, desk, say } = board;
  const [seconds, setSeconds] = useState(5);
  const [running, setRunning] = useState<{ words: string; stop: AbortController } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isLate, setLate] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const current = useRef(running);
  current.current = running;
  useEffect(() => () => current.current?.stop.abort(), []);
  const { timed } = desk.now;
  const plan = timed?.plan;
  // An order that a refusal has broken is replanned from the plan that it was.
  const agreed = desk.lastPlan;

  const run = <T,>(words: string, action: string, body: unknown, done: (answer: T) => void) => {
    const stop = new AbortController();
    setRunning({ words, stop });
    setError(null);
    setOutcome(null);
    say(words);
    ask<T>("POST", `${tourAddress(sheet.id)}/${action}`, { body, signal: stop.signal })
      .then(done, (error: Error) => !isGivenUp(error) && setError(error))
      .finally(() => setRunning(null));
  };
  const show = (next: Outcome) => {
    setOutcome(next);
    requestAnimationFrame(() => box.current?.focus({ preventScroll: false }));
  };
  const better = (words: string, start: Plan | undefined) => {
    const before = desk.now;
    run<Solved>(words, "solve", { seconds, ...(start ? { start } : {}) }, (solved) => {
      const [best] = solved.plans;
      if (!best) return show({ what: "none", solved });
      if (start && !isBetter(best, before)) return say(t("tours.said.noBetter"));
      desk.take(best);
      say(t("tours.said.solved", { value: best.value }));
    });
  };
  const alternatives = () =>
    run<Solved>(t("tours.doing.alternatives"), "solve", { seconds, alternatives: FURTHER, ...(plan ? { start: plan } : {}) }, (solved) =>
      show(solved.plans.length > 0 ? { what: "alternatives", plans: solved.plans, against: plan ?? null } : { what: "none", solved }),
    );
  const replan = ({ now, declined, late }: Late) => {
    if (!agreed) return;
    setLate(false);
    run<Replanned>(t("tours.doing.replan"), "replan", { plan: agreed, seconds, ...(now ? { now } : {}), ...(declined.length > 0 ? { declined } : {}), ...(late ? { late } : {}) }, (answer) => {
      const [best] = answer.plans;
      if (!best) return show({ what: "none", solved: answer });
      desk.take(best);
      show({ what: "replan", answer });
    });
  };
  const reasons = () => {
    const { order } = desk.now;
    if (!plan) return;
    run<Reasons>(t("tours.doing.reasons"), "reasons", { plan }, ({ reasons, clashes = [] }) => {
      explain(reasons, order);
      if (clashes.length > 0) return show({ what: "none", solved: { plans: [], clashes } });
      show({ what: "reasons", n: reasons.length });
    });
  };

  return (
    <div class="actions">
      <div class="tools" role="group" aria-label={t("tours.actions")}>
        <button type="button" class="first" disabled={running !== null} onClick={() => better(t("tours.doing.solve"), undefined)}>
          {t("tours.solve")}
        </button>
        <button type="button" disabled={!plan || running !== null} onClick={() => better(t("tours.doing.improve"), plan)}>
          {t("tours.improve")}
        </button>
        <button type="button" disabled={running !== null} onClick={alternatives}>
          {t("tours.alternatives")}
        </button>
        <button type="button" disabled={!agreed || running !== null} aria-expanded={isLate} onClick={() => setLate(!isLate)}>
          {t("tours.replan")}
        </button>
        <button type="button" disabled={!plan || running !== null} onClick={reasons}>
          {t("tours.whyNot")}
        </button>
        <label class="inline">
          <span>{t("tours.upTo")}</span>
          <select value={String(seconds)} onChange={(event) => setSeconds(Number(event.currentTarget.value))}>
            {SECONDS.map((n) => (
              <option key={n} value={String(n)}>
                {t("tours.time.seconds", { n })}
              </option>
            ))}
          </select>
        </label>
        {running && (
          <span class="running">
            <span class="spin" aria-hidden="true" /> {running.words}{" "}
            <button type="button" onClick={() => running.stop.abort()}>
              {t("tours.stop")}
            </button>
          </span>
        )}
      </div>
      {isLate && agreed && <Replan board={board} plan={agreed} replan={replan} close={() => setLate(false)} />}
      {error && <Trouble error={error} />}
      <div ref={box} tabIndex={-1} class="outcome">
        {outcome && (
          <>
            <button type="button" class="close" aria-label={t("tours.close")} onClick={() => setOutcome(null)}>
              ✕
            </button>
            {outcome.what === "alternatives" ? (
              <Alternatives
                board={board}
                plans={outcome.plans}
                against={outcome.against}
                take={(timed) => {
                  desk.take(timed);
                  setOutcome(null);
                  say(t("tours.said.taken"));
                }}
              />
            ) : outcome.what === "replan" ? (
              <Changes board={board} answer={outcome.answer} />
            ) : outcome.what === "none" ? (
              <>
                <h2>{t("tours.noPlan")}</h2>
                <Clashes clashes={outcome.solved.clashes} board={board} />
              </>
            ) : (
              <p>{t("tours.reasonsThere", { n: outcome.n })}</p>
            )}
          </>
        )}
      </div>
    </div>
  );
}
