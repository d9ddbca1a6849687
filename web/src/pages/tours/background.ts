/** The map of an edition beneath a tour, where one covers it. */
import { type RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../../api";
import { type Atlas, atlas, canDraw } from "../../map/atlas";
import type { Camera } from "../../map/view";
import { t } from "../../i18n";
import type { Spot } from "../../tours/types";
import type { Editions, EditionSummary, MapDoc } from "../../types";

interface Ground {
  edition: EditionSummary;
  doc: MapDoc;
}

/** The first edition whose map holds the place; `null` where none does, `undefined` until that is known. */
export function useGround({ editions }: Editions, middle: Spot | null): Ground | null | undefined {
  const [ground, setGround] = useState<Ground | null | undefined>(undefined);
  const key = middle && `${middle.lon.toFixed(1)} ${middle.lat.toFixed(1)}`;
  useEffect(() => {
    let wanted = true;
    const look = async () => {
      if (middle && canDraw()) {
        for (const edition of editions.filter(({ has }) => has.map)) {
          const doc = await get<MapDoc>(`editions/${edition.id}/map.json`).catch(() => null);
          if (doc && holds(doc.bounds, middle)) return { edition, doc };
        }
      }
      return null;
    };
    void look().then((found) => wanted && setGround(found));
    return () => void (wanted = false);
  }, [key]);
  return ground;
}

function holds([west, south, east, north]: MapDoc["bounds"], { lon, lat }: Spot): boolean {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

/** Draws the ground, districts of the tour among it, and follows its camera. */
export function useBackground(place: RefObject<HTMLElement | null>, ground: Ground | null | undefined, districts: Set<string>, camera: Camera | null, follow: (camera: Camera) => void): Atlas | null {
  const [map, setMap] = useState<Atlas | null>(null);
  const latest = useRef(follow);
  latest.current = follow;
  const isReady = camera !== null;
  useEffect(() => {
    if (!ground || !place.current || !isReady) return;
    let wanted = true;
    let made: Atlas | null = null;
    const nothing = () => undefined;
    const listeners = { hover: nothing, pick: nothing, moved: (camera: Camera) => latest.current(camera), moving: (camera: Camera) => latest.current(camera) };
    const words = { "Map.Title": `${t("tours.mapTitle")}. ${t("tours.mapTwin")}`, "CooperativeGesturesHandler.MobileHelpText": t("map.cooperative") };
    atlas(place.current, ground.edition, ground.doc, camera, listeners, words).then(
      (one) => {
        if (!wanted) return one.remove();
        made = one;
        setMap(one);
        latest.current(one.camera());
      },
      (error: Error) => console.warn(error.message), // The places are drawn all the same.
    );
    return () => {
      wanted = false;
      made?.remove();
      setMap(null);
    };
  }, [ground, isReady]);
  const codes = [...districts].sort().join();
  useEffect(() => {
    if (!ground || !map) return;
    const isIn = ground.doc.areas.map(({ code }) => districts.has(code));
    map.paint({ kind: "areas", memberships: [], swatches: isIn.map((is) => ({ colour: is ? "#dce8f3" : "#fbfcfd", pattern: null })), outlined: isIn });
  }, [map, codes]);
  return map;
}
