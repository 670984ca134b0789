export { findLastAuditEvent, listAuditEvents, recordAudit, type AuditEntry, type AuditEvent } from "./audit.repo";
