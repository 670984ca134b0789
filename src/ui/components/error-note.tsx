import clsx from "clsx";
import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What happened, whether anything was saved, what to do. Read out at once. */
export function ErrorNote({
  children,
  action,
}: {
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div role="alert" className={clsx(BOX, "border-danger/40 text-danger")}>
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}

/** Something to know before going on; not an error. */
export function CautionNote({ children }: { readonly children: ReactNode }) {
  return (
    <div className={clsx(BOX, "border-caution/40 text-caution")}>
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

const BOX = "flex items-start gap-2 rounded-lg border bg-surface px-3 py-2 text-sm";
