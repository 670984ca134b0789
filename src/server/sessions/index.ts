export {
  clearSessionCookieHeader,
  readSessionToken,
  sessionCookie,
  sessionCookieHeader,
  type SessionCookie,
} from "./session-cookie";
export {
  countSessions,
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
  type NewSession,
} from "./sessions.repo";
