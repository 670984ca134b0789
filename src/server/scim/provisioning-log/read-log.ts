import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";

import { scimBaseUrl } from "../http/context";
import { toCurl } from "./curl";
import type { LogFilter } from "./exchange";
import {
  findExchange,
  findExchanges,
  findSubjectNames,
  findWholeExchanges,
  type ExchangeBodies,
  type ExchangeRow,
  type SubjectName,
} from "./exchanges.repo";

const EXPORT_ROWS = 1_000;
/** Characters of one export page: bodies may be long, and the page is one answer to a browser. */
const EXPORT_LENGTH = 4_000_000;

/** A row of the log as people read it. */
export type LogEntry = Omit<ExchangeRow, "subjectIds"> & { readonly subjects: SubjectName[] };

/** The same with what was said, secrets removed, and a command that says it again. */
export type WholeLogEntry = LogEntry & ExchangeBodies & { readonly curl: string };

export interface LogQuery extends LogFilter {
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A page of the provisioning log, newest first. */
export async function listLog(
  scope: WorkspaceScope,
  { cursor, limit = 50, ...filter }: LogQuery,
): Promise<{ readonly entries: LogEntry[]; readonly nextCursor: string | null }> {
  const rows = await findExchanges(scope, { ...filter, before: cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return {
    entries: await withSubjects(scope, page),
    nextCursor: rows.length > limit ? page.at(-1)!.id : null,
  };
}

/** @throws AppError NOT_FOUND when there is no such row here, or no longer */
export async function getLogEntry(scope: WorkspaceScope, id: string): Promise<WholeLogEntry> {
  const row = await findExchange(scope, id);
  if (!row) throw new AppError("NOT_FOUND", "This request is not in the log, or no longer.");
  const [entry] = await withSubjects(scope, [row]);
  return { ...entry!, curl: toCurl(scimBaseUrl(), row) };
}

/**
 * A page of the log as JSON lines, at most 1,000 rows or about 4 MB, newest first. The first page leaves an audit
 * row: what was said about people leaves the workspace.
 */
export async function exportLog(
  scope: WorkspaceScope,
  actor: Actor,
  { cursor, ...filter }: LogFilter & { readonly cursor?: string | undefined },
): Promise<{ readonly lines: string; readonly nextCursor: string | null }> {
  if (cursor === undefined) {
    const { subjectId, outcome, writesOnly, from, to } = filter;
    const details = { subjectId, outcome, writesOnly, from, to };
    await inWorkspaceTx(scope, (tx) => recordAudit(tx, { actor, action: "scim.log.exported", details }));
  }
  const rows = await findWholeExchanges(scope, { ...filter, before: cursor, limit: EXPORT_ROWS + 1 });
  const entries = await withSubjects(scope, rows.slice(0, EXPORT_ROWS));
  const lines: string[] = [];
  let length = 0;
  for (const entry of entries) {
    if (length > EXPORT_LENGTH) break;
    const line = JSON.stringify(entry);
    length += line.length;
    lines.push(`${line}\n`);
  }
  const isLast = lines.length === rows.length;
  return { lines: lines.join(""), nextCursor: isLast ? null : entries[lines.length - 1]!.id };
}

/** The rows with names instead of ids. A group that is gone keeps the name that it had then. */
async function withSubjects<T extends ExchangeRow>(
  scope: WorkspaceScope,
  rows: readonly T[],
): Promise<(Omit<T, "subjectIds"> & { subjects: SubjectName[] })[]> {
  const names = await findSubjectNames(scope, [...new Set(rows.flatMap((row) => row.subjectIds))]);
  return rows.map(({ subjectIds, ...row }) => ({
    ...row,
    subjects: subjectIds.flatMap((id, index): SubjectName[] => {
      const known = names.get(id);
      if (known) return [known];
      if (index > 0 || row.facts.name === undefined) return [];
      return [{ id, kind: row.action.startsWith("group") ? "group" : "member", name: row.facts.name }];
    }),
  }));
}
