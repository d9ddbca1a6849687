import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { get } from "../api";
import { fold } from "../filters";
import { industryName, kindName } from "../format";
import { language, t } from "../i18n";
import { areaHref, go, href } from "../router";
import type { Found, Results, Search, Sort } from "../search";
import type { EditionSummary, Find } from "../types";
import "../styles/find.css";

const SORTS: Sort[] = ["area", "zone", "industry"];

interface Loaded {
  find: Find;
  search: Search;
}

/** Search by name, code or industry: a combobox whose list is loaded when it is first entered. `/` enters it. */
export function FindBox({ edition }: { edition: EditionSummary }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [loaded, setLoaded] = useState<(Loaded & { of: string }) | null>(null);
  const [entered, setEntered] = useState(false);
  const [failed, setFailed] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const of = `${edition.id}/${language()}`;

  useEffect(() => {
    if (!entered) return;
    let wanted = true;
    load(edition).then(
      (made) => wanted && (setLoaded({ ...made, of }), setFailed(false)),
      () => wanted && setFailed(true),
    );
    return () => void (wanted = false);
  }, [entered, of]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const writes = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || writes || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);

  const ready = loaded?.of === of ? loaded : null;
  const asked = text.trim();
  const { found, isNear } = useMemo<Results>(() => (asked && ready?.search(asked)) || { found: [], isNear: false }, [asked, ready]);
  const groups = SORTS.map((sort) => ({ sort, found: found.filter((one) => one.sort === sort) })).filter((group) => group.found.length > 0);
  const options = groups.flatMap((group) => group.found);
  const place = Math.min(active, options.length - 1);
  const isShown = isOpen && asked !== "";
  const optionId = (at: number) => `${id}-${at}`;

  useEffect(() => {
    if (isShown && place >= 0) document.getElementById(optionId(place))?.scrollIntoView({ block: "nearest" });
  }, [isShown, place]);

  const open = (one: Found | undefined) => {
    if (!one || !ready) return;
    setOpen(false);
    setText("");
    setActive(-1);
    go(addressOf(one, ready.find, edition));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: place + 1, ArrowUp: place < 0 ? options.length - 1 : place - 1 }[event.key];
    if (to !== undefined && options.length > 0) {
      setOpen(true);
      setActive((to + options.length) % options.length);
    } else if (event.key === "Enter" && isShown) open(options[Math.max(place, 0)]);
    else if (event.key === "Escape" && (isShown || text !== "")) {
      if (!isShown) setText("");
      setOpen(false);
      setActive(-1);
    } else return;
    event.preventDefault();
  };

  return (
    <search
      class="find"
      onFocusOut={(event) => !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) && setOpen(false)}
    >
      <label class="hidden" for={`${id}-input`}>
        {t("find.label")}
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        type="text"
        role="combobox"
        inputMode="search"
        enterkeyhint="search"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder={t("find.placeholder")}
        title={t("find.shortcut")}
        aria-expanded={isShown && options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(isShown && place >= 0 ? { "aria-activedescendant": optionId(place) } : {})}
        value={text}
        onFocus={() => setEntered(true)}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(-1);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <div class="results" hidden={!isShown}>
        <p role="status" class={options.length > 0 && !isNear ? "hidden" : undefined}>
          {isShown && (failed ? t("state.failed") : !ready ? t("state.loading") : said(asked, options.length, isNear))}
        </p>
        <div role="listbox" id={`${id}-list`} aria-label={t("find.results")}>
          {groups.map((group) => (
            <div key={group.sort} role="group" aria-labelledby={`${id}-${group.sort}`}>
              <span id={`${id}-${group.sort}`} class="sort" role="presentation">
                {t(`find.${group.sort}`)}
              </span>
              {group.found.map((one) => {
                const at = options.indexOf(one);
                return (
                  <Option key={`${one.sort}${one.at}`} id={optionId(at)} one={one} find={ready?.find} asked={asked} isActive={at === place} open={() => open(one)} />
                );
              })}
            </div>
          ))}
        </div>
        {ready && options.length === 0 && (
          <p>
            <a href={href(`${edition.id}/areas/`)}>{t("find.allAreas")}</a> · <a href={href(`${edition.id}/zones/`)}>{t("find.allZones")}</a>
          </p>
        )}
      </div>
    </search>
  );
}

interface OptionProps {
  id: string;
  one: Found;
  find: Find | undefined;
  asked: string;
  isActive: boolean;
  open: () => void;
}

function Option({ id, one, find, asked, isActive, open }: OptionProps) {
  if (!find) return null;
  const { name, about } = wordsOf(one, find);
  const from = fold(name).length === name.length ? fold(name).indexOf(fold(asked)) : -1;
  return (
    <div role="option" id={id} aria-selected={isActive} onPointerDown={(event) => event.preventDefault()} onClick={open}>
      <span class="name">
        {from < 0 ? (
          name
        ) : (
          <>
            {name.slice(0, from)}
            <mark>{name.slice(from, from + asked.length)}</mark>
            {name.slice(from + asked.length)}
          </>
        )}
      </span>{" "}
      <span class="about">{about}</span>
    </div>
  );
}

/** The list and its search; the code comes with it. */
async function load(edition: EditionSummary): Promise<Loaded> {
  const [{ searchOf }, find] = await Promise.all([import("../search"), get<Find>(`editions/${edition.id}/find.json`)]);
  return { find, search: await searchOf(edition, language(), find) };
}

function said(asked: string, n: number, isNear: boolean): string {
  if (n === 0) return t("find.none", { asked });
  return isNear ? t("find.near", { asked }) : t("find.count", { n });
}

function wordsOf({ sort, at }: Found, find: Find): { name: string; about: string } {
  if (sort === "industry") {
    const { id, name, districts } = find.industries[at] ?? { id: "", name: "", districts: 0 };
    return { name: industryName(id, name), about: t("find.districts", { n: districts }) };
  }
  if (sort === "zone") {
    const [code = "", name = ""] = [find.zones.code[at], find.zones.name[at]];
    const area = find.areas[find.zones.area[at] ?? -1];
    return { name, about: `${area ? t("find.zoneIn", { area: area.name }) : t("find.zoneAlone")} · ${code}` };
  }
  const area = find.areas[at];
  const industry = area?.main_industry ?? null;
  const named = industry === null ? null : industryName(industry, find.industries.find(({ id }) => id === industry)?.name);
  const about = [area?.kind ? kindName(area.kind) : t("find.anArea"), area?.kind === "district" ? named : null, area?.code];
  return { name: area?.name ?? "", about: about.filter(Boolean).join(" · ") };
}

function addressOf({ sort, at }: Found, find: Find, edition: EditionSummary): string {
  if (sort === "industry") return href(`${edition.id}/areas/`, { industry: find.industries[at]?.id });
  if (sort === "area") return areaHref(edition, find.areas[at]?.code ?? "");
  const zone = find.zones.code[at] ?? "";
  const area = find.areas[find.zones.area[at] ?? -1];
  return area ? areaHref(edition, area.code, { zone }) : href(`${edition.id}/zones/`, { zone });
}
