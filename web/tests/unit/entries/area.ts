/** What the tests of area pages and comparisons look at, in one module, so that all of it speaks one language. */
import { LANGUAGES } from "../../../src/i18n";
import it from "../../../src/i18n/it.json";

export { setLanguage } from "../../../src/i18n";
export { csvOf } from "../../../src/download";
export { nationalOf, standing } from "../../../src/measures";
export { finding } from "../../../src/pages/area/finding";
export { groupsOf } from "../../../src/pages/area/groups";
export { reason } from "../../../src/pages/area/reasons";
export { moved, selected, selection } from "../../../src/pages/compare/selection";
export { slug, unslug } from "../../../src/site";

// Loaded here: a test can load nothing later.
LANGUAGES.it = { name: "Italiano", load: () => Promise.resolve(it) };
