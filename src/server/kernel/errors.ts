/**
 * Every failure a caller can cause or must handle has one of these codes. The edges translate them:
 * tRPC by `trpc`, HTTP and SCIM by `http`; `expose` says whether the message may be shown to the caller.
 */
const CODES = {
  BAD_INPUT: { http: 400, trpc: "BAD_REQUEST", expose: true },
  UNAUTHENTICATED: { http: 401, trpc: "UNAUTHORIZED", expose: true },
  FORBIDDEN: { http: 403, trpc: "FORBIDDEN", expose: true },
  SCIM_MANAGED: { http: 403, trpc: "FORBIDDEN", expose: true },
  SAML_REQUIRED: { http: 403, trpc: "PRECONDITION_FAILED", expose: true },
  NOT_FOUND: { http: 404, trpc: "NOT_FOUND", expose: true },
  CONFLICT: { http: 409, trpc: "CONFLICT", expose: true },
  LAST_OWNER: { http: 409, trpc: "CONFLICT", expose: true },
  TOO_LARGE: { http: 413, trpc: "PAYLOAD_TOO_LARGE", expose: true },
  RATE_LIMITED: { http: 429, trpc: "TOO_MANY_REQUESTS", expose: true },
  UNAVAILABLE: { http: 503, trpc: "INTERNAL_SERVER_ERROR", expose: true },
  INTERNAL: { http: 500, trpc: "INTERNAL_SERVER_ERROR", expose: false },
} as const;

export type AppErrorCode = keyof typeof CODES;

/** An expected failure with a code. Its message is written for the person who gets to read it. */
export class AppError extends Error {
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly code: AppErrorCode,
    message: string,
    options: { readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.details = options.details;
  }

  /** The HTTP status that this failure has at any HTTP edge. */
  get httpStatus(): number {
    return CODES[this.code].http;
  }
}

/** The tRPC error code for an AppError code. */
export function trpcCode(code: AppErrorCode): (typeof CODES)[AppErrorCode]["trpc"] {
  return CODES[code].trpc;
}

/**
 * Any thrown value as an AppError. What we did not foresee becomes INTERNAL with a neutral text,
 * so that no stack, query or secret reaches a caller; the cause stays for the log.
 */
export function toAppError(error: unknown): AppError {
  // Two bundles (the server's and Next's) have each their own class, so the name decides, not instanceof.
  if (error instanceof Error && error.name === "AppError" && "code" in error && "httpStatus" in error) {
    return error as AppError;
  }
  return new AppError("INTERNAL", "Something went wrong on the server. Nothing was changed.", {
    cause: error,
  });
}
