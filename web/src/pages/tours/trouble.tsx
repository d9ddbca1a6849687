import type { ComponentChildren } from "preact";
import { Refused } from "../../tours/client";
import { t } from "../../i18n";
import { duration } from "../../tours/time";

interface Props {
  error: Error;
  /** What may be done about it. */
  children?: ComponentChildren;
}

/** What went wrong: what, why, what to do, in the words of the server. */
export function Trouble({ error, children }: Props) {
  const problem = error instanceof Refused ? error.problem : null;
  const wait = error instanceof Refused ? error.retryAfter : null;
  return (
    <div class="trouble" role="alert">
      <p lang={problem ? "en" : undefined}>
        <strong>{problem?.what ?? t("tours.noAnswer")}</strong>
        {problem && <code>{problem.code}</code>}
      </p>
      {problem?.why && <p lang="en">{problem.why}</p>}
      {problem?.hint && <p lang="en">{problem.hint}</p>}
      {wait !== null && <p>{t("tours.retryAfter", { time: wait < 90 ? t("tours.time.seconds", { n: wait }) : duration(Math.ceil(wait / 60)) })}</p>}
      {children && <div class="tools">{children}</div>}
    </div>
  );
}
