/** Limits that browser and server share. A shape stays below 32 KiB of JSON because its one large property does. */
export const MODEL_LIMITS = {
  /** Operations in one batch. */
  opsPerBatch: 500,
  /** Bytes of JSON of one operation's patch, UTF-8. */
  shapeBytes: 32 * 1024,
  /** Shapes on one board; held by the server. */
  shapesPerBoard: 50_000,
  /** Every coordinate's absolute value stays below. */
  coordinate: 1e7,
  /** UTF-16 units of a text: at most 3 bytes each in UTF-8, as control characters are refused. */
  textLength: 10_000,
  /** Characters of a pen stroke's packed points. */
  pointsLength: 30_000,
  /** Characters of a fractional index. */
  zLength: 128,
} as const;

const idPattern = /^[A-Za-z0-9_-]{1,40}$/;

/** Names that would reach into an object's prototype if an id were ever used as a plain key. */
const reserved: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export const isShapeId = (value: unknown): value is string =>
  typeof value === "string" && idPattern.test(value) && !reserved.has(value);
