import { env } from "#server/kernel/env";

/** What next-auth and our own setter both use: two spellings of the name would sign everybody out under https. */
export interface SessionCookie {
  readonly name: string;
  readonly options: {
    readonly httpOnly: true;
    readonly sameSite: "lax";
    readonly path: "/";
    readonly secure: boolean;
  };
}

/**
 * The session cookie's name and flags. On https the `__Host-` prefix makes the browser refuse a cookie
 * that another host of the domain, or plain http, tries to plant.
 */
export function sessionCookie(): SessionCookie {
  const secure = env().publicUrl.startsWith("https://");
  return {
    name: secure ? "__Host-chalkroom.session" : "chalkroom.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  };
}

/** The Set-Cookie header value that signs a browser in with this token until `expiresAt`. */
export function sessionCookieHeader(token: string, expiresAt: Date): string {
  const { name, options } = sessionCookie();
  const flags = `Path=${options.path}; Expires=${expiresAt.toUTCString()}; HttpOnly; SameSite=Lax`;
  return `${name}=${token}; ${flags}${options.secure ? "; Secure" : ""}`;
}

/** The Set-Cookie header value that takes the session cookie away. */
export function clearSessionCookieHeader(): string {
  return sessionCookieHeader("", new Date(0));
}

/** The session token in a Cookie header, or null. */
export function readSessionToken(cookieHeader: string | null | undefined): string | null {
  const prefix = `${sessionCookie().name}=`;
  const pair = (cookieHeader ?? "").split(";").find((part) => part.trim().startsWith(prefix));
  const token = pair?.trim().slice(prefix.length) ?? "";
  return /^[A-Za-z0-9_-]{20,200}$/.test(token) ? token : null;
}
