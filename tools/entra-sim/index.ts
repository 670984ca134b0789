export { EntraClient, type CycleReport, type EntraConfig } from "./entra-client";
export { clearPatch, DIALECTS, patchMessage, type Dialect } from "./dialect";
export { sendByHttp, type Send } from "./http";
export { MATCHINGS, ROLE_FORMS, type EntraSource } from "./mapping";
export type { SourceGroup, SourceUser } from "./mapping";
export { changeSource, days, makeSource } from "./sample-source";
export { buildUrl, filterQuery, URL_FORMS } from "./url-forms";
export { exchange, textOf, toCurl, type Exchange, type Json, type ScimTarget } from "./wire";
