export { findLastAuditEvent, listAuditEvents, recordAudit } from "./audit.repo";
