import { useEffect, useRef, useState } from "preact/hooks";
import { useData } from "./api";
import { Layout } from "./components/layout";
import { Failed, Waiting } from "./components/state";
import { t } from "./i18n";
import { find, type Page } from "./pages";
import { href, useAddress } from "./router";
import type { Editions } from "./types";

/** The page of the address, within what all pages share. */
export function App() {
  const { path } = useAddress();
  const { data: site, error } = useData<Editions>("editions.json");
  const place = find(path);
  const [loaded, setLoaded] = useState<{ page: Page; key: string } | null>(null);
  const key = place ? `${place.edition ?? ""}/${place.page}/${place.rest.length}` : "";
  const first = useRef(true);

  useEffect(() => {
    let wanted = true;
    void place?.load().then((page) => wanted && setLoaded({ page, key }));
    return () => void (wanted = false);
  }, [key]);

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
        <section class="page">
          <h1>{t("state.nothing")}</h1>
          <p>
            <a href={href("")}>{t("state.toFront")}</a>
          </p>
        </section>
      ) : Shown ? (
        <Shown site={site} edition={edition} rest={place.rest} />
      ) : (
        <Waiting />
      )}
    </Layout>
  );
}
