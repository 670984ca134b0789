/** Whether PostgreSQL can store a text: it has neither NUL nor half a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes("\0") && !/\p{Surrogate}/u.test(text);
}

/**
 * Whether every text in a decoded input can be stored, the keys included. Walks without recursion and looks at
 * each object once, because an input may be nested deeply or, by a reference of superjson's, contain itself.
 */
export function isStorable(input: unknown): boolean {
  const seen = new Set<object>();
  const waiting: unknown[] = [input];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string" && !isStorableText(value)) return false;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, item] of Object.entries(value)) waiting.push(key, item);
  }
  return true;
}

/** Whether a text has control or format characters (bidirectional overrides, zero-width joiners): nobody sees them, and they mislead. */
export function hasInvisible(text: string): boolean {
  return /[\p{Cc}\p{Cf}]/u.test(text);
}
