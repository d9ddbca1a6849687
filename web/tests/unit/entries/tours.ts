/** What the tests of tours look at, in one module, so that all of it speaks one language and knows one session. */
import { LANGUAGES } from "../../../src/i18n";
import it from "../../../src/i18n/it.json";

export { setLanguage } from "../../../src/i18n";
export { ask, isConflict, login, Refused } from "../../../src/tours/client";
export { Desk, fitting, named } from "../../../src/tours/desk";
export { differences, isBetter } from "../../../src/tours/differences";
export { folded } from "../../../src/tours/events";
export { cameraOf, panned, pixels } from "../../../src/tours/geography";
export { axisOf, happenings } from "../../../src/tours/happenings";
export { candidatesOf, demandIn, inState, isAsked, readHostFilter } from "../../../src/tours/hosts";
export { clashName, clashSentence, districtFact, isOwnText, lineText, sentence } from "../../../src/tours/lines";
export { emptyOrder, nearestPlace, orderOf, placeOf, put, sameOrder, step, without } from "../../../src/tours/order";
export { knownSession, setSession } from "../../../src/tours/session";
export { clock, dateName, dateRange, duration, kilometres, minutesOf, money } from "../../../src/tours/time";

// Loaded here: a test can load nothing later.
LANGUAGES.it = { name: "Italiano", load: () => Promise.resolve(it) };
