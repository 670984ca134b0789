import type { ReactNode } from "react";

/** A page's title with its state beside it and one sentence under it. */
export function PageHead({
  title,
  description,
  state,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  /** A badge, for pages about something that is on or off. */
  readonly state?: ReactNode;
}) {
  return (
    <header className="mb-6">
      <div className="flex items-center gap-3">
        <h1 className="text-xl font-semibold">{title}</h1>
        {state}
      </div>
      {description ? <p className="mt-1 max-w-prose text-base text-ink-soft">{description}</p> : null}
    </header>
  );
}
