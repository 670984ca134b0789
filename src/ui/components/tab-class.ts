/** A tab, both as a link of a page (`aria-current`) and as a trigger of Radix. */
export const TAB =
  "-mb-px shrink-0 border-b-2 border-transparent px-1 pb-2 text-sm text-ink-soft transition-colors hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink";

/** The row of tabs; too many for a phone scroll sideways inside it. */
export const TAB_BAR = "mb-5 flex gap-5 overflow-x-auto border-b border-line max-sm:gap-4";
