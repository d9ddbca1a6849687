import { t } from "../../i18n";
import type { Replanned } from "../../tours/types";
import type { Board } from "./board";
import { Clashes } from "./clashes";

/** What a replanning has changed: as little as was possible. */
export function Changes({ board, answer }: { board: Board; answer: Replanned }) {
  const rows = (["lost", "gone", "moved", "new"] as const).filter((what) => (answer[what]?.length ?? 0) > 0);
  return (
    <>
      <h2>{t("tours.replanned")}</h2>
      {rows.length === 0 ? (
        <p>{t("tours.replannedSame")}</p>
      ) : (
        <dl class="changes">
          {rows.map((what) => (
            <div key={what}>
              <dt>{t(`tours.change.${what}`)}</dt>
              <dd>{(answer[what] ?? []).map(board.places.name).join(", ")}</dd>
            </div>
          ))}
        </dl>
      )}
      <Clashes clashes={answer.clashes} board={board} />
    </>
  );
}
