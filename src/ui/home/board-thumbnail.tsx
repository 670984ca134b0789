import { hueOf } from "../components/hue";

/** Three quiet arrangements in the boards' own shapes, until a board shows a picture of itself. */
const MOTIFS = [
  <>
    <rect x="34" y="44" width="44" height="28" rx="4" />
    <rect x="122" y="44" width="44" height="28" rx="14" />
    <rect x="78" y="94" width="44" height="28" rx="4" />
    <path d="M78 58h44M56 72v36h22M144 72v36h-22" fill="none" />
  </>,
  <>
    <rect x="44" y="38" width="36" height="36" rx="2" />
    <rect x="88" y="38" width="36" height="36" rx="2" />
    <rect x="44" y="82" width="36" height="36" rx="2" />
    <rect x="132" y="60" width="26" height="36" rx="2" />
  </>,
  <>
    <path d="M100 34l32 22-32 22-32-22z" />
    <rect x="40" y="98" width="48" height="24" rx="4" />
    <rect x="112" y="98" width="48" height="24" rx="4" />
    <path d="M100 78v10M64 98v-10h72v10" fill="none" />
  </>,
];

/** Stands where a board's picture will be: dotted paper and a faint drawing that stays the same for one board. */
export function BoardThumbnail({ boardId }: { readonly boardId: string }) {
  const hue = hueOf(boardId);
  const motif = MOTIFS[Number.parseInt(boardId.slice(-2), 16) % MOTIFS.length] ?? MOTIFS[0];
  return (
    <svg viewBox="0 0 200 150" aria-hidden className="block h-full w-full">
      <g
        fill={`var(--${hue}-fill)`}
        stroke={`var(--${hue}-stroke)`}
        strokeOpacity="0.4"
        strokeWidth="1.5"
        transform="translate(22 16.5) scale(0.78)"
      >
        {motif}
      </g>
    </svg>
  );
}
