import type { ReactNode } from "react";

import { Logo } from "./logo";

/** The frame of the pages outside a workspace: one column, the mark, one question. */
export function NarrowPage({
  title,
  lead,
  children,
  wide = false,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-6 pt-[14dvh] pb-16 max-sm:pt-12">
      <div className={`flex w-full flex-col ${wide ? "max-w-md" : "max-w-xs"}`}>
        <Logo size={36} />
        <h1 className="mt-5 text-xl font-semibold">{title}</h1>
        {lead ? <div className="mt-1 text-base text-ink-soft">{lead}</div> : null}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
