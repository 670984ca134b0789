import { processSlot } from "./slot";

const holder = () => processSlot("clock", () => ({ now: () => Date.now() }));

/** The current time as a Date. The one source of time for rules about time, so that tests can move it. */
export function now(): Date {
  return new Date(holder().now());
}

/** Replaces the clock (milliseconds since the epoch); returns a function that puts the old one back. */
export function useClock(clock: () => number): () => void {
  const previous = holder().now;
  holder().now = clock;
  return () => {
    holder().now = previous;
  };
}
