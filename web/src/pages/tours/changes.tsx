import { t } from "../../i18n";
import { dateName } from "../../tours/time";
import type { Replanned } from "../../tours/types";
import type { Board } from "./board";
import { Clashes } from "./clashes";

/** What a replanning has changed: as little as was possible. */
export function Changes({ board, answer }: { board: Board; answer: Replanned }) {
  const hosts = (["lost", "gone", "moved", "new"] as const).map((what) => [what, (answer[what] ?? []).map(board.places.name)] as const);
  const rows = [...hosts, ["days", (answer.days ?? []).map((day) => dateName(day))] as const].filter(([, names]) => names.length > 0);
  return (
    <>
      <h2>{t("tours.replanned")}</h2>
      {rows.length === 0 ? (
        <p>{t("tours.replannedSame")}</p>
      ) : (
        <dl class="changes">
          {rows.map(([what, names]) => (
            <div key={what}>
              <dt>{t(`tours.change.${what}`)}</dt>
              <dd>{names.join(", ")}</dd>
            </div>
          ))}
        </dl>
      )}
      <Clashes clashes={answer.clashes} board={board} />
    </>
  );
}
