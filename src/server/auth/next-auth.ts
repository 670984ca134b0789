import type { AuthOptions } from "next-auth";
import type { AdapterSession, AdapterUser } from "next-auth/adapters";

import { deriveKey, sha256Hex } from "#server/kernel/crypto";
import {
  findActiveSession,
  readSessionToken,
  revokeSessionByHash,
  sessionCookie,
  sessionExpiry,
  touchSession,
  type ActiveSession,
} from "#server/sessions/index";

const MAX_AGE_SECONDS = 12 * 3600;
const UPDATE_AGE_SECONDS = 300;

/** next-auth wants its own user type back; the whole session rides along for our callback. */
interface SessionUser extends AdapterUser {
  readonly active: ActiveSession;
}

/** The three look-ups that the database strategy needs once a session exists; sign-in is ours. */
const adapter = {
  async getSessionAndUser(
    sessionToken: string,
  ): Promise<{ session: AdapterSession; user: SessionUser } | null> {
    const active = await findActiveSession(sessionToken);
    if (!active) return null;
    const { memberId, name, email } = active.actor;
    return {
      session: { sessionToken, userId: memberId, expires: active.expiresAt },
      user: { id: memberId, name, email: email ?? "", emailVerified: null, active },
    };
  },

  /** Slides the end, never beyond what the identity provider allowed, and without a write for every request. */
  async updateSession({ sessionToken }: { sessionToken: string }): Promise<null> {
    const active = await findActiveSession(sessionToken);
    if (!active) return null;
    const expiresAt = sessionExpiry(active.notOnOrAfter);
    if (expiresAt.getTime() - active.expiresAt.getTime() > 60_000)
      await touchSession(active.tokenHash, expiresAt);
    return null;
  },

  async deleteSession(sessionToken: string): Promise<void> {
    await revokeSessionByHash(sha256Hex(sessionToken));
  },
};

/** What /api/auth/session answers. */
function publicSession({ actor, workspace, expiresAt }: ActiveSession) {
  const { memberId: id, name, email, role } = actor;
  return { user: { id, name, email }, workspace, role, expires: expiresAt.toISOString() };
}

function authOptions(present: (active: ActiveSession) => object): AuthOptions {
  const { name, options } = sessionCookie();
  return {
    providers: [],
    adapter,
    session: { strategy: "database", maxAge: MAX_AGE_SECONDS, updateAge: UPDATE_AGE_SECONDS },
    secret: deriveKey("next-auth").toString("base64url"),
    cookies: { sessionToken: { name, options: { ...options } } },
    pages: { signIn: "/signin", error: "/signin", signOut: "/signin" },
    callbacks: {
      // Wherever the request wants to go: our own pages know the way, and next-auth throws on some addresses.
      redirect: ({ baseUrl }) => baseUrl,
      session: ({ user }) => present((user as SessionUser).active) as never,
    },
  };
}

/**
 * Who is signed in, for server components and server actions; null for nobody. One look-up per request,
 * however many components ask. Loaded late, so that the server's bundle and the command line need no React.
 */
export async function auth(): Promise<ActiveSession | null> {
  cachedAuth ??= import("react").then(({ cache }) => cache(loadSession));
  return (await cachedAuth)();
}

let cachedAuth: Promise<() => Promise<ActiveSession | null>> | undefined;

async function loadSession(): Promise<ActiveSession | null> {
  const { getServerSession } = await import("next-auth");
  const session: { active: ActiveSession } | null = await getServerSession(
    authOptions((active) => ({ active })),
  );
  return session?.active ?? null;
}

interface RouteContext {
  readonly params: Promise<{ readonly nextauth: readonly string[] }>;
}

/** What is open of next-auth. Its other routes show its own pages, or let strangers write into our log. */
const OPEN_ROUTES: readonly string[] = ["GET session", "GET csrf", "POST signout"];
const MAX_FORM_BYTES = 16 * 1024;

/** Why next-auth does not get to see a request, or null. It would read a body of any length. */
function refuseRoute(request: Request, action: string): Response | null {
  if (!OPEN_ROUTES.includes(`${request.method} ${action}`)) {
    return refusal(404, "NOT_FOUND", "There is nothing at this address.");
  }
  if (request.method !== "POST") return null;
  const { headers } = request;
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get("content-type") ?? "")) {
    return refusal(415, "BAD_INPUT", "The body must be a form.");
  }
  const length = headers.get("content-length");
  if (length !== null && Number(length) <= MAX_FORM_BYTES) return null;
  return refusal(413, "TOO_LARGE", "The form is too large, or does not say how large it is.");
}

function refusal(status: number, code: string, error: string): Response {
  return Response.json({ error, code }, { status, headers: { "cache-control": "no-store" } });
}

/**
 * next-auth's own routes: session, csrf, signout. A session cookie whose session is gone gets 401 with the
 * same empty body as nobody, so that a cut-off shows on the very next request.
 */
export async function handleNextAuth(request: Request, context: RouteContext): Promise<Response> {
  const action = (await context.params).nextauth.join("/");
  const refused = refuseRoute(request, action);
  if (refused) return refused;
  const loaded = await import("next-auth");
  // Strict ESM gives the CommonJS exports as default, bundlers may give the function itself.
  const imported = loaded.default as unknown as NextAuth | { readonly default: NextAuth };
  const nextAuth = typeof imported === "function" ? imported : imported.default;
  const response = await nextAuth(request, context, authOptions(publicSession));
  if (request.method !== "GET" || action !== "session" || response.status !== 200) return response;
  if (readSessionToken(request.headers.get("cookie")) === null) return response;
  const body = await response.text();
  return new Response(body, { status: body === "{}" ? 401 : 200, headers: response.headers });
}

type NextAuth = (request: Request, context: RouteContext, options: AuthOptions) => Promise<Response>;
