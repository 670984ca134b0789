"use client";

import { useEffect, useState } from "react";

import { formatFull, formatWhen } from "./format-time";

/**
 * A moment, relative within a week, full on hover. The server does not know the reader's time zone, so
 * it writes UTC and the browser corrects that once it runs; after that the text keeps up by itself.
 */
export function When({ at }: { readonly at: Date }) {
  const [{ now, zone }, setClock] = useState<Clock>(() => ({ now: new Date(), zone: "UTC" }));
  useEffect(() => {
    const tick = () => setClock({ now: new Date(), zone: undefined });
    tick();
    const timer = setInterval(tick, 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at.toISOString()} title={formatFull(at, zone)} suppressHydrationWarning>
      {formatWhen(at, now, zone)}
    </time>
  );
}

interface Clock {
  readonly now: Date;
  /** Undefined means the reader's own. */
  readonly zone: "UTC" | undefined;
}
