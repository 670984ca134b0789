/** The grid that boards and their stand-ins lie in: as many columns as fit, two on phones. */
export const BOARD_GRID =
  "grid grid-cols-[repeat(auto-fill,minmax(min(13.5rem,100%),1fr))] gap-x-5 gap-y-7 max-sm:grid-cols-2 max-sm:gap-x-3";
