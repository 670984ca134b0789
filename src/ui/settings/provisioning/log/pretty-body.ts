/** A body for reading: JSON is indented; what was cut or is no JSON stays as it was stored. */
export function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
