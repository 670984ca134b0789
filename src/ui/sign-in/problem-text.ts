/**
 * The one sentence for `?error=` on the sign-in page. A failed single sign-on says nothing about its cause,
 * because whoever forges a message must not learn which check stopped it; the log has it under the reference.
 */
export function problemText(code: unknown, reference: unknown): string | null {
  if (typeof code !== "string" || code === "") return null;
  if (code === "ended") return "Your session has ended. Sign in again to continue where you were.";
  if (code === "revoked") {
    return "Your access to this workspace has ended. If that is unexpected, ask an administrator of the workspace.";
  }
  const ref =
    typeof reference === "string" && /^[\w-]{1,64}$/.test(reference) ? ` Reference: ${reference}.` : "";
  return `You could not be signed in. Try again, or ask an administrator of the workspace.${ref}`;
}
