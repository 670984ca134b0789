import clsx from "clsx";

/** A quiet stand-in for something that is being loaded. The container says "Loading" to screen readers. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={clsx("animate-breathe rounded-lg bg-press", className)} />;
}
