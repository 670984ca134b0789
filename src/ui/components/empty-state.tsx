import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** What a list shows when there is nothing: what would be here, and the way to the first one. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-1 rounded-xl border border-dashed border-line px-6 py-14 text-center">
      {Icon ? <Icon size={20} strokeWidth={1.75} aria-hidden className="mb-2 text-ink-soft" /> : null}
      <p className="font-semibold">{title}</p>
      {children ? <div className="max-w-sm text-sm text-ink-soft">{children}</div> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
