export { EntraClient, type CycleReport, type EntraConfig } from "./entra-client";
export { clearPatch, DIALECTS, patchMessage, type Dialect } from "./dialect";
export { sendByHttp, type Send } from "./http";
export { MATCHINGS, ROLE_FORMS, type EntraSource, type Matching, type RoleForm } from "./mapping";
export type { SourceGroup, SourceUser } from "./mapping";
export { changeSource, days, makeSource, restoreSource } from "./sample-source";
export { buildUrl, filterQuery, URL_FORMS, type UrlForm } from "./url-forms";
export { exchange, textOf, toCurl, toScript, type Exchange, type Json, type ScimTarget } from "./wire";
