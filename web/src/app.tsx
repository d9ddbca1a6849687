import { useEffect, useRef, useState } from "preact/hooks";
import { useData } from "./api";
import { Layout } from "./components/layout";
import { Failed, Waiting } from "./components/state";
import { language, setLanguage, t, wantedLanguage } from "./i18n";
import { find, type Page } from "./pages";
import { href, useAddress } from "./router";
import { useTitle } from "./title";
import type { Editions } from "./types";

/** The page of the address, within what all pages share. */
export function App() {
  const { path } = useAddress();
  const [, speak] = useState(language());
  const { data: site, error } = useData<Editions>("editions.json");
  const place = find(path);
  const [loaded, setLoaded] = useState<{ page: Page; key: string } | null>(null);
  const [failure, setFailure] = useState<{ error: Error; key: string } | null>(null);
  const key = place ? `${place.edition ?? ""}/${place.page}/${place.rest.length}` : "";
  const first = useRef(true);

  useEffect(() => {
    let wanted = true;
    place?.load().then(
      (page) => wanted && setLoaded({ page, key }),
      (error: Error) => wanted && setFailure({ error, key }),
    );
    return () => void (wanted = false);
  }, [key]);

  // The address says the language: a choice, a link and a step back in the history alike.
  const wanted = wantedLanguage();
  useEffect(() => {
    if (wanted !== language()) void setLanguage(wanted).then((done) => done && speak(wanted));
  }, [wanted]);

  // After a step within the site a screen reader starts at the new heading, as after a page load.
  const at = path.join("/");
  useEffect(() => {
    if (first.current) first.current = false;
    else document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  }, [at]);

  if (error) return <Failed error={error} />;
  if (!site) return <Waiting />;
  const edition = site.editions.find((edition) => edition.id === place?.edition) ?? (place?.edition ? undefined : site.editions[0]);
  const Shown = loaded?.key === key ? loaded.page : null;
  return (
    <Layout site={site} edition={edition ?? site.editions[0]} page={place?.page ?? ""} inEdition={place?.edition != null}>
      {!place || !edition ? (
        <Nothing />
      ) : Shown ? (
        <Shown site={site} edition={edition} rest={place.rest} />
      ) : failure?.key === key ? (
        <Failed error={failure.error} />
      ) : (
        <Waiting />
      )}
    </Layout>
  );
}

/** In the place of a page that is not there. */
function Nothing() {
  useTitle(t("state.nothing"));
  return (
    <section class="page">
      <h1>{t("state.nothing")}</h1>
      <p>
        <a href={href("")}>{t("state.toFront")}</a>
      </p>
    </section>
  );
}
