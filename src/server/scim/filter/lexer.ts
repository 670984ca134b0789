import { isStorableText } from "#server/kernel/storable";

import { badRequest, type ScimError } from "../scim-error";

export interface Token {
  readonly kind: "word" | "string" | "number" | "(" | ")" | "[" | "]";
  readonly text: string;
  /** Zero-based position in the filter, for messages. */
  readonly at: number;
}

const MAX_FILTER_LENGTH = 4096;

/** A 400 invalidFilter that says where. */
export function filterError(problem: string, at: number): ScimError {
  return badRequest("invalidFilter", `The filter is not valid: ${problem} at position ${at + 1}.`);
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Splits a filter into words, JSON strings, numbers and brackets. Words are attribute paths, operators,
 * `true`, `false`, `null` and (tolerated) unquoted values; only the parser knows which.
 * @throws ScimError invalidFilter
 */
export function tokenize(text: string): Token[] {
  if (text.length > MAX_FILTER_LENGTH) {
    throw badRequest("invalidFilter", `A filter has at most ${MAX_FILTER_LENGTH} characters.`);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char)) {
      at++;
    } else if (char === "(" || char === ")" || char === "[" || char === "]") {
      tokens.push({ kind: char, text: char, at: at++ });
    } else if (char === '"') {
      const token = readString(text, at);
      tokens.push(token.token);
      at = token.end;
    } else {
      const word = /^[^\s()[\]"]+/.exec(text.slice(at))![0];
      tokens.push({ kind: NUMBER.test(word) ? "number" : "word", text: word, at });
      at += word.length;
    }
  }
  return tokens;
}

function readString(text: string, at: number): { token: Token; end: number } {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  if (end >= text.length) throw filterError("the string is not closed", at);
  return { token: { kind: "string", text: parseString(text.slice(at, end + 1), at), at }, end: end + 1 };
}

function parseString(literal: string, at: number): string {
  let value: unknown;
  try {
    value = JSON.parse(literal);
  } catch {
    throw filterError("the string is not a JSON string", at);
  }
  if (typeof value !== "string" || !isStorableText(value)) {
    throw filterError("the string holds a character that cannot be stored", at);
  }
  return value;
}
