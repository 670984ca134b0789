const BASE = "https://chalkroom.invalid";
const MAX_LENGTH = 2048;
/** Paths that do something or loop when a browser is sent there right after sign-in. */
const NOT_PAGES = /^\/(?:api|public-api|signin|setup|metrics|realtime)(?:[/?#]|$)/;

/**
 * A path on this site that a browser may be sent to, or null. Anything that some browser could take for
 * another host is refused, also when it is hidden behind percent-encoding or dot segments.
 * @param value RelayState or a `next` parameter, as received.
 */
export function safePath(value: string | null | undefined): string | null {
  if (!value || value.length > MAX_LENGTH) return null;
  for (const form of decodedForms(value)) {
    if (form === null || !isPlainPath(form)) return null;
  }
  const url = new URL(value, BASE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  if (url.origin !== BASE || !isPlainPath(path) || NOT_PAGES.test(path)) return null;
  return path;
}

/** Starts with one slash, and has nothing that URL parsers drop or turn into a slash. */
function isPlainPath(path: string): boolean {
  if (!/^\/(?![/\\])/.test(path)) return false;
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return false;
  if (!URL.canParse(path, BASE)) return false;
  const url = new URL(path, BASE);
  return url.origin === BASE && !url.pathname.startsWith("//") && url.username === "";
}

/** The value, and its path part decoded once and twice; null for a broken escape. */
function decodedForms(value: string): (string | null)[] {
  const forms: (string | null)[] = [value];
  // A query may hold encoded slashes and lines as data; only what comes before it decides where a browser goes.
  let path = value.split(/[?#]/, 1)[0]!;
  for (let round = 0; round < 2; round++) {
    try {
      path = decodeURIComponent(path);
    } catch {
      // A percent sign that only the second round finds broken is a plain percent sign.
      return round === 0 ? [...forms, null] : forms;
    }
    forms.push(path);
  }
  return forms;
}
