import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import type { EditionSummary, MapDoc } from "../types";
import { type Atlas, atlas, type Listeners, type Paint } from "./atlas";
import type { Label } from "./labels";
import type { Ribbons } from "./ribbons";
import { type Camera, cameraText } from "./view";

interface Props extends Listeners {
  edition: EditionSummary;
  doc: MapDoc;
  /** Name of the map for those who do not see it. */
  title: string;
  paint: Paint | null;
  labels: Label[];
  flows: Ribbons | null;
  selected: number | null;
  selectedZone: number | null;
  /** Where the address says that the map is. */
  camera: Camera | null;
  ready(map: Atlas | null): void;
  failed(error: Error): void;
}

/** A map that is as its properties say. */
export function MapCanvas({ edition, doc, title, paint, labels, flows, selected, selectedZone, camera, ready, failed, ...listeners }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<Atlas | null>(null);
  const latest = useRef(listeners);
  latest.current = listeners;
  // What the map itself has put into the address does not move it again.
  const own = useRef("");

  useEffect(() => {
    if (!place.current) return;
    let wanted = true;
    let made: Atlas | null = null;
    const through: Listeners = {
      hover: (...args) => latest.current.hover(...args),
      pick: (...args) => latest.current.pick(...args),
      moved: (camera) => {
        own.current = cameraText(camera);
        latest.current.moved(camera);
      },
      moving: (...args) => latest.current.moving(...args),
    };
    const words = { "Map.Title": title, "CooperativeGesturesHandler.MobileHelpText": t("map.cooperative") };
    atlas(place.current, edition, doc, camera, through, words).then((one) => {
      if (!wanted) return one.remove();
      made = one;
      setMap(one);
      ready(one);
    }, failed);
    return () => {
      wanted = false;
      made?.remove();
      setMap(null);
      ready(null);
    };
  }, [edition.id, doc]);

  useEffect(() => void (paint && map?.paint(paint)), [map, paint]);
  useEffect(() => map?.label(labels), [map, labels]);
  useEffect(() => void (flows && map?.flows(flows)), [map, flows]);
  useEffect(() => map?.select(selected, selectedZone), [map, selected, selectedZone]);

  useEffect(() => map?.name(title), [map, title]);

  const asked = camera && cameraText(camera);
  useEffect(() => {
    if (map && camera && asked !== own.current && asked !== cameraText(map.camera())) map.jump(camera);
  }, [map, asked]);

  return <div ref={place} class="map-canvas" />;
}
