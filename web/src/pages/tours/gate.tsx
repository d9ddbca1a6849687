import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Waiting } from "../../components/state";
import { t } from "../../i18n";
import { logout, whoIsThere } from "../../tours/client";
import { useSession } from "../../tours/session";
import { clearDesks, hasUnsaved } from "../../tours/use-tour";
import { Confirm } from "./confirm";
import { Login } from "./login";
import { Trouble } from "./trouble";
import "../../styles/tours.css";

/** Shows its children to whoever is logged in, and the login to everybody else. */
export function Gate({ children }: { children: ComponentChildren }) {
  const { session, ended } = useSession();
  const [error, setError] = useState<Error | null>(null);
  const ask = () => {
    setError(null);
    whoIsThere().catch(setError);
  };
  useEffect(() => {
    if (session === null) ask();
  }, [session === null]);

  if (error && !session) {
    return (
      <section class="page">
        <h1>{t("nav.tours")}</h1>
        <Trouble error={error}>
          <button type="button" onClick={ask}>
            {t("state.again")}
          </button>
        </Trouble>
      </section>
    );
  }
  if (session === null) return <Waiting />;
  // What a page holds goes with its session: contacts do not stay behind the login.
  if (session.user === null) return <Login ended={ended} />;
  return <>{children}</>;
}

/** Who is logged in, and the way out. */
export function Whoever() {
  const { session } = useSession();
  const [error, setError] = useState<Error | null>(null);
  const user = session?.user;
  if (!user) return null;
  const leave = () => void logout().then(clearDesks, setError);
  return (
    <div class="whoever">
      <span>
        {user.name} <small>{t(`tours.role.${user.role}`)}</small>
      </span>
      {hasUnsaved() ? (
        <Confirm label={t("tours.logout")} question={t("tours.logoutSure")} yes={t("tours.logout")} act={leave} />
      ) : (
        <button type="button" onClick={leave}>
          {t("tours.logout")}
        </button>
      )}
      {error && <Trouble error={error} />}
    </div>
  );
}
