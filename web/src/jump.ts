import { useEffect } from "preact/hooks";
import { decoded } from "./router";

/** Brings the part that the address points to into view once it is drawn: the browser looked for it before. */
export function useJump(isDrawn: boolean): void {
  useEffect(() => {
    if (isDrawn) document.getElementById(decoded(location.hash.slice(1)))?.scrollIntoView();
  }, [isDrawn]);
}
