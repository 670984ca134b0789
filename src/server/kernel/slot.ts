/**
 * One value per process, whichever bundle asks for it. Next compiles its own copy of every module beside
 * the server's, so a plain module variable would exist twice; a registered symbol on globalThis does not.
 */
export function processSlot<T>(name: string, init: () => T): T {
  const key = Symbol.for(`chalkroom.${name}`);
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  return (holder[key] ??= init());
}

/** Forgets a slot's value, so that the next use makes a new one (for shutdown and for tests). */
export function clearProcessSlot(name: string): void {
  const holder = globalThis as unknown as Record<symbol, unknown>;
  delete holder[Symbol.for(`chalkroom.${name}`)];
}
