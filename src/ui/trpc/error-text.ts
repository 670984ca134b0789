/** The part of a tRPC client error that decides what people read. */
interface FailedCall {
  readonly message: string;
  readonly data?: { readonly code?: string; readonly appCode?: string | null } | null | undefined;
}

function asFailedCall(error: unknown): FailedCall | null {
  return error instanceof Error ? error : null;
}

/** Whether the server answered that nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  return asFailedCall(error)?.data?.code === "UNAUTHORIZED";
}

/** Whether an attempt to reach the server failed, so that trying the same again may help. */
export function isConnectionLost(error: unknown): boolean {
  const call = asFailedCall(error);
  return call !== null && !call.data;
}

/**
 * One sentence or two for a failed call: what happened, whether anything changed, what to do. Messages of
 * foreseen failures are written by the server for people; the wording of any other is not shown.
 */
export function errorText(error: unknown): string {
  const call = asFailedCall(error);
  if (!call) return "Something went wrong. Reload the page and try again.";
  if (!call.data) return "The server could not be reached. Check the connection, then try again.";
  if (call.data.code === "INTERNAL_SERVER_ERROR" && call.data.appCode !== "UNAVAILABLE") {
    return "The server could not do this. Nothing was changed. Try again in a moment.";
  }
  return call.message;
}
