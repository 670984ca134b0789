import clsx from "clsx";
import { useId, type ReactNode } from "react";

export interface SectionProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** A control or a small state at the right of the title. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string;
}

/** One idea on one card: title, one sentence, then what can be done about it. */
export function Section({ title, description, aside, children, className }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={clsx("rounded-xl border border-line bg-surface p-5 max-sm:p-4", className)}
    >
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {description ? <div className="mt-0.5 max-w-prose text-sm text-ink-soft">{description}</div> : null}
        </div>
        {aside}
      </div>
      {children ? <div className="mt-4 flex flex-col gap-4">{children}</div> : null}
    </section>
  );
}
