import { ApiError } from "../api";
import { t } from "../i18n";

/** Shown until data are there. */
export function Waiting() {
  return (
    <p class="waiting" role="status">
      {t("state.loading")}
    </p>
  );
}

/** What went wrong, in the words of the server where it has some. */
export function Failed({ error, again }: { error: Error; again?: () => void }) {
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <div class="failed" role="alert">
      <p>{t("state.failed")}</p>
      <p lang="en">
        {error.message}
        {problem && ` [${problem.code}]`}
      </p>
      {problem?.hint && <p lang="en">{problem.hint}</p>}
      <button type="button" onClick={again ?? (() => location.reload())}>
        {t("state.again")}
      </button>
    </div>
  );
}
