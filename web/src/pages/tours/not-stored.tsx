import { type Key, t } from "../../i18n";
import { isConflict } from "../../tours/client";
import { Trouble } from "./trouble";

interface Props {
  error: Error | null;
  /** What is said where somebody else has changed it since. */
  conflict: Key;
  reload: () => void;
}

/** Why a change was not stored; after a conflict with another's, a way to read anew. */
export function NotStored({ error, conflict, reload }: Props) {
  if (!error) return null;
  return (
    <Trouble error={error}>
      {isConflict(error) && (
        <>
          <p>{t(conflict)}</p>
          <button type="button" onClick={reload}>
            {t("tours.reload")}
          </button>
        </>
      )}
    </Trouble>
  );
}
