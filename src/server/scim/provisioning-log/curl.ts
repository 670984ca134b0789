/** What of a request a command can say again. */
export interface Sayable {
  readonly method: string;
  readonly path: string;
  readonly requestBody: string | null;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * A shell command that sends a request again, to the public URL. The token is the shell's $TOKEN: it is never
 * stored here, and would not belong into a shell's history.
 */
export function toCurl(baseUrl: string, { method, path, requestBody }: Sayable): string {
  const parts = [
    `curl -i -X ${method} ${quote(`${baseUrl}${path}`)}`,
    `-H "Authorization: Bearer $TOKEN"`,
    `-H 'Accept: application/scim+json'`,
  ];
  if (requestBody !== null) {
    parts.push(`-H 'Content-Type: application/scim+json'`, `--data-binary ${quote(requestBody)}`);
  }
  return parts.join(" \\\n  ");
}
