import { useEffect } from "preact/hooks";
import { t } from "./i18n";

/** What the tab, the history and a screen reader call the page: the most particular first. */
export function useTitle(...parts: (string | undefined)[]): void {
  const title = [...parts, t("site.name")].filter(Boolean).join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
