import type { ReactNode } from "react";

import { Logo } from "./logo";

/** A page with one thing to say: not found, not allowed, failed. */
export function MessagePage({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="flex max-w-sm flex-col items-center gap-2 text-center">
        <Logo size={36} />
        <h1 className="mt-4 text-xl font-semibold">{title}</h1>
        <div className="text-base text-ink-soft">{children}</div>
        {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
      </div>
    </main>
  );
}
