import { isObject, type JsonValue, type JsonObject } from "../json";

/** Bytes of UTF-8 that are kept of a body. */
const MAX_BODY_BYTES = 8 * 1024;
const MAX_PATH_LENGTH = 2_000;
/** Longer lists, above all of members, are shown by their beginning and a number. */
const MAX_ITEMS = 20;
const HIDDEN = "[secret]";

/** Names whose values are secrets, as attributes, parameters and in paths such as `urn:…:User:password`. */
const SECRET_NAME =
  /passw|passphrase|passcode|secret|token|authorization|credential|assertion|(?:api|private)[-_.]?key|\bpwd\b|\bpin\b/i;

/** Our own tokens and bearer headers, wherever somebody pasted them. */
const SECRET_TEXT = /\bchalk_[a-z]+_[\w-]{8,}|\bBearer\s+[\w.~+/=-]{8,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/gi;

/** Whether a text may need any of `storableText`'s changes; almost none does. */
const SUSPICIOUS = /[\0\uD800-\uDFFF]|chalk_|bearer|eyJ/i;

/** A text as PostgreSQL can store it: without NUL and halves of surrogate pairs, and without our tokens. */
export function storableText(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  return text.replace(/\0|\p{Surrogate}/gu, "\uFFFD").replace(SECRET_TEXT, HIDDEN);
}

/**
 * A body as JSON text without its secrets, at most 8 KiB. What is left out is said where it is missing, and the text
 * stays valid JSON. The cost is bounded by what is kept, not by the size of the body.
 */
export function sketchJson(body: JsonObject): string {
  for (let budget = MAX_BODY_BYTES; ; budget = Math.floor(budget / 2)) {
    const text = new Sketch(budget).of(body);
    if (Buffer.byteLength(text) <= MAX_BODY_BYTES) return text;
  }
}

/** Writes JSON text straight away: a copy of the body would cost several times as much. */
class Sketch {
  constructor(private budget: number) {}

  of(value: JsonValue): string {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return this.list(value);
    if (isObject(value)) return this.object(value);
    this.budget -= 6;
    return String(value);
  }

  private text(value: string): string {
    const clean = storableText(value);
    const room = Math.max(0, this.budget);
    this.budget -= clean.length + 3;
    if (clean.length <= room) return JSON.stringify(clean);
    return JSON.stringify(`${storableText(clean.slice(0, room))}… (${clean.length - room} more)`);
  }

  private list(value: readonly JsonValue[]): string {
    const items: string[] = [];
    for (const item of value) {
      if (items.length >= MAX_ITEMS || this.budget <= 0) break;
      items.push(this.of(item));
    }
    if (items.length < value.length) items.push(`"… (${value.length - items.length} more)"`);
    return `[${items.join(",")}]`;
  }

  private object(value: JsonObject): string {
    const keys = Object.keys(value);
    const hidesValue = namesSecret(value, keys);
    let text = "";
    let written = 0;
    for (const key of keys) {
      const comma = text === "" ? "{" : ",";
      if (this.budget <= 0) {
        text += `${comma}"…":"(${keys.length - written} more)"`;
        break;
      }
      written += 1;
      this.budget -= 4;
      const item = isSecret(key, value[key]!, hidesValue) ? `"${HIDDEN}"` : null;
      text += `${comma}${this.text(key)}:${item ?? this.of(value[key]!)}`;
    }
    return text === "" ? "{}" : `${text}}`;
  }
}

/** Attributes come again and again, so that most names have been judged before. */
const judged = new Map<string, boolean>();
const MAX_JUDGED = 2_000;

function isSecretName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const secret = SECRET_NAME.test(name);
  if (judged.size < MAX_JUDGED && name.length < 200) judged.set(name, secret);
  return secret;
}

/** PATCH names the attribute in `path` and the secret in `value`. */
function namesSecret(object: JsonObject, keys: readonly string[]): boolean {
  const key = keys.find((each) => each.length === 4 && each.toLowerCase() === "path");
  const path = key === undefined ? null : object[key];
  return typeof path === "string" && SECRET_NAME.test(path);
}

function isSecret(key: string, value: JsonValue, hidesValue: boolean): boolean {
  if (isSecretName(key)) return true;
  if (key.length < 4 || key.length > 6) return false;
  const name = key.toLowerCase();
  if (name === "value") return hidesValue;
  if (typeof value !== "string") return false;
  // A filter, alone or within a path, says the value that it compares with.
  if (name === "path") return /["=]/.test(value) && SECRET_NAME.test(value);
  return name === "filter" && SECRET_NAME.test(value);
}

/** A path with its query without secrets: values of telling parameters, and filters that compare a secret attribute. */
export function hideInPath(path: string): string {
  const mark = path.indexOf("?");
  if (mark < 0) return storableText(path).slice(0, MAX_PATH_LENGTH);
  const parts = path
    .slice(mark + 1)
    .split("&")
    .map((part) => {
      const equals = part.indexOf("=");
      if (equals < 0) return part;
      return SECRET_NAME.test(decoded(part)) ? `${part.slice(0, equals)}=${HIDDEN}` : part;
    });
  return storableText(`${path.slice(0, mark)}?${parts.join("&")}`).slice(0, MAX_PATH_LENGTH);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A filter that compares a secret attribute says its value. */
export function withoutSecret(filter: string): string {
  return SECRET_NAME.test(filter) ? HIDDEN : filter;
}
