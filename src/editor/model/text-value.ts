import { MODEL_LIMITS } from "./limits";

/** Control characters (all but tab and line feed) and halves of surrogate pairs: six bytes each in JSON, no use to anyone. */
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/u;
const unwantedAll = new RegExp(unwanted.source, "gu");

export const isTextValue = (value: unknown): value is string =>
  typeof value === "string" && value.length <= MODEL_LIMITS.textLength && !unwanted.test(value);

/** Makes any string (typed, pasted) acceptable as a `text` property: line ends unified, unwanted characters gone, cut to the limit. */
export function cleanText(value: string): string {
  const cleaned = value.replace(/\r\n?/g, "\n").replace(unwantedAll, "");
  if (cleaned.length <= MODEL_LIMITS.textLength) return cleaned;
  // The cut may fall between the halves of a pair; the half left over would be refused.
  return cleaned.slice(0, MODEL_LIMITS.textLength).replace(unwantedAll, "");
}
