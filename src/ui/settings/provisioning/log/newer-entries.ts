/** What a poll for the newest entries means for the list that is shown. */
export type News<T> =
  | { readonly kind: "none" }
  /** These come before the first that is shown. */
  | { readonly kind: "newer"; readonly entries: readonly T[] }
  /** More happened than the poll holds: the list has to begin anew. */
  | { readonly kind: "gap"; readonly entries: readonly T[] };

/** Compares the newest entries of the server with those that are shown; both newest first, ids ordered by time. */
export function compareWithShown<T extends { readonly id: string }>(
  polled: readonly T[],
  shown: readonly T[],
): News<T> {
  const first = shown[0];
  if (first === undefined) return polled.length === 0 ? { kind: "none" } : { kind: "newer", entries: polled };
  const entries = polled.filter((entry) => entry.id > first.id);
  if (entries.length === 0) return { kind: "none" };
  return { kind: entries.length === polled.length ? "gap" : "newer", entries };
}
