/** Choices of a form; the value is a number of hours or days as text, "" for never. */

export const OVERLAPS = [
  { value: "0", label: "Ends at once" },
  { value: "1", label: "Works for another hour" },
  { value: "24", label: "Works for another day" },
  { value: "168", label: "Works for another week" },
  { value: "720", label: "Works for another 30 days" },
] as const;

export const TOKEN_LIVES = [
  { value: "", label: "Never" },
  { value: "90", label: "After 90 days" },
  { value: "180", label: "After 180 days" },
  { value: "365", label: "After a year" },
  { value: "730", label: "After two years" },
] as const;

export const SECRET_LIVES = [
  { value: "365", label: "After a year" },
  { value: "730", label: "After two years" },
  { value: "1095", label: "After three years" },
] as const;
