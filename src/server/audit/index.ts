export { findLastAuditEvent, listAuditEvents, recordAudit } from "./audit.repo";
export { forgetScimEvents } from "./forget.repo";
export { findLastActorKinds } from "./last-actor.repo";
