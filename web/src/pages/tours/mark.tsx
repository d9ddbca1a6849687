import { t } from "../../i18n";
import { KINDS } from "../../tours/kinds";
import type { Kind } from "../../tours/types";

/** The mark of a kind of host: colour, shape and letter. Its name stands beside it or is told where it does not. */
export function Mark({ kind, size = 22, named = false }: { kind: Kind; size?: number; named?: boolean }) {
  const { colour, ink, path } = KINDS[kind];
  const words = named ? { role: "img" as const, "aria-label": t(`tours.kind.${kind}`) } : { "aria-hidden": true as const };
  return (
    <svg class="kind-mark" width={size} height={size} viewBox="0 0 24 24" {...words}>
      <path d={path} fill={colour} stroke="#ffffff" stroke-width="1.5" />
      <text x="12" y="16.4" text-anchor="middle" font-size="12" font-weight="700" fill={ink}>
        {t(`tours.letter.${kind}`)}
      </text>
    </svg>
  );
}

/** The mark of a base. */
export function BaseMark({ size = 22 }: { size?: number }) {
  return (
    <svg class="kind-mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 1.5L23 11H20V22H4V11H1Z" fill="#1c2733" stroke="#ffffff" stroke-width="1.5" />
      <path d="M9.5 22V15h5v7" fill="#ffffff" />
    </svg>
  );
}
