import { render } from "preact";
import { App } from "./app";
import { setLanguage, wantedLanguage } from "./i18n";
import { listen } from "./router";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/figure.css";

// Browsers ask for the icon again as the address changes: from here on its own does not depend on where the reader is.
for (const icon of document.querySelectorAll<HTMLLinkElement>("link[rel=icon]")) icon.href = new URL(icon.href).href;

await setLanguage(wantedLanguage());
listen();
const place = document.getElementById("app");
if (place) {
  place.replaceChildren();
  render(<App />, place);
}
