export {
  clearSessionCookieHeader,
  readSessionToken,
  sessionCookie,
  sessionCookieHeader,
} from "./session-cookie";
export {
  createSession,
  findActiveSession,
  findActiveSessionByHash,
  listRevocationsSince,
  revokeMemberSessions,
  revokeSessionByHash,
  sessionExpiry,
  sweepSessions,
  touchSession,
  type ActiveSession,
} from "./sessions.repo";
