import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Demand } from "../../tours/types";
import { demandOf, type TourAt } from "../../tours/use-tour";
import type { Board } from "./board";
import { NotStored } from "./not-stored";

interface Props {
  board: Board;
  tour: TourAt;
  /** Hosts that the filters leave. */
  asked: string[];
  picked: Set<string> | null;
  setPicked: (picked: Set<string> | null) => void;
}

/** Demands or leaves out several hosts at once. */
export function Several({ board, tour, asked, picked, setPicked }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  if (!picked) {
    return (
      <p>
        <button type="button" onClick={() => setPicked(new Set())}>
          {t("tours.pickSeveral")}
        </button>
      </p>
    );
  }
  const demand = (wanted: Demand) => {
    setBusy(true);
    setError(null);
    demandOf(board.sheet, [...picked], wanted)
      .then(() => {
        tour.reload();
        setPicked(null);
        board.say(t("tours.said.demanded", { n: picked.size }));
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const isIdle = busy || picked.size === 0;
  return (
    <div class="several">
      <div class="tools" role="group" aria-label={t("tours.pickSeveral")}>
        <span role="status">{t("tours.nPicked", { n: picked.size })}</span>
        <button type="button" onClick={() => setPicked(new Set(asked))}>
          {t("tours.pickAll", { n: asked.length })}
        </button>
        <button type="button" disabled={isIdle} onClick={() => demand("mandatory")}>
          {t("tours.do.mandatory")}
        </button>
        <button type="button" disabled={isIdle} onClick={() => demand("excluded")}>
          {t("tours.do.excluded")}
        </button>
        <button type="button" disabled={isIdle} onClick={() => demand("free")}>
          {t("tours.do.free")}
        </button>
        <button type="button" onClick={() => setPicked(null)}>
          {t("tours.cancel")}
        </button>
      </div>
      <NotStored
        error={error}
        conflict="tours.tourConflict"
        reload={() => {
          setError(null);
          tour.reload();
        }}
      />
    </div>
  );
}
