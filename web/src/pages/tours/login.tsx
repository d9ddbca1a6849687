import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { login } from "../../tours/client";
import { useTitle } from "../../title";
import { Trouble } from "./trouble";

/** Name and password; after a session that has ended by itself it says that nothing was lost. */
export function Login({ ended }: { ended: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  useTitle(t("tours.login"));
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setError(null);
    login(String(said.get("username")), String(said.get("password"))).catch((error: Error) => {
      setError(error);
      setBusy(false);
      const password = form.current?.querySelector<HTMLInputElement>("input[type=password]");
      if (password) password.value = "";
      password?.focus();
    });
  };
  return (
    <section class="page login-page">
      <form ref={form} class="login" method="post" onSubmit={onSubmit}>
        <h1>{t("tours.login")}</h1>
        {ended ? (
          <p class="notice" role="status">
            {t("tours.sessionEnded")}
          </p>
        ) : (
          <p>{t("tours.loginWhy")}</p>
        )}
        <label>
          <span>{t("tours.userName")}</span>
          <input name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck={false} required maxLength={80} />
        </label>
        <label>
          <span>{t("tours.password")}</span>
          <input name="password" type="password" autocomplete="current-password" required maxLength={400} />
        </label>
        {error && <Trouble error={error} />}
        <button type="submit" class="first" disabled={busy}>
          {t(busy ? "tours.loggingIn" : "tours.login")}
        </button>
        <p class="aside">{t("tours.loginHow")}</p>
      </form>
    </section>
  );
}
