import { render } from "preact";
import { App } from "./app";
import { setLanguage, wantedLanguage } from "./i18n";
import { listen } from "./router";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/figure.css";

await setLanguage(wantedLanguage());
listen();
const place = document.getElementById("app");
if (place) {
  place.replaceChildren();
  render(<App />, place);
}
