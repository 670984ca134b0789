import { Prisma } from "#generated/prisma/client";
import { AppError, toAppError } from "#server/kernel/errors";
import { log } from "#server/kernel/logger";

import { db } from "./client";
import { inSqlTransaction } from "./connection";
import type { WorkspaceScope } from "./scope";
import type { SqlRunner } from "./sql";

export type DbClient = Prisma.TransactionClient;

/**
 * A transaction inside one workspace that speaks SQL only: what runs with every SCIM request takes this one, and so
 * cannot reach for Prisma by mistake. Effects outside the database wait in `afterCommit`.
 */
export interface SqlTx {
  readonly sql: SqlRunner;
  readonly scope: WorkspaceScope;
  /** Runs after the commit, in order; never when the transaction rolls back. */
  afterCommit(effect: () => void | Promise<void>): void;
}

/** The same with Prisma's client of that transaction, for everything that is not hot. */
export interface WorkspaceTx extends SqlTx {
  readonly db: DbClient;
}

type Effects = (() => void | Promise<void>)[];

const MAX_ATTEMPTS = 5;

/**
 * Runs `work` in one transaction and translates the database's refusals into AppErrors.
 * Deadlocks and serialization failures are tried again, with a growing random pause.
 */
export function inWorkspaceTx<T>(scope: WorkspaceScope, work: (tx: WorkspaceTx) => Promise<T>): Promise<T> {
  return attempt((effects) =>
    db().$transaction((client) =>
      work({ db: client, sql: sqlByPrisma(client), scope, afterCommit: (effect) => effects.push(effect) }),
    ),
  );
}

/** The same without Prisma, for the requests that come by the thousand. */
export function inSqlTx<T>(scope: WorkspaceScope, work: (tx: SqlTx) => Promise<T>): Promise<T> {
  return attempt((effects) =>
    inSqlTransaction((sql) => work({ sql, scope, afterCommit: (effect) => effects.push(effect) })),
  );
}

/** What takes SQL runs in Prisma's transactions too. */
const sqlByPrisma =
  (client: DbClient): SqlRunner =>
  (strings, ...values) =>
    client.$queryRaw(new Prisma.Sql([...strings], [...values]));

async function attempt<T>(run: (effects: Effects) => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    const effects: Effects = [];
    try {
      const result = await run(effects);
      for (const effect of effects) await runEffect(effect);
      return result;
    } catch (error) {
      if (attempts >= MAX_ATTEMPTS || !isRetryable(error)) throw translateDbError(error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempts));
    }
  }
}

/** The commit has happened: a failing effect must not look like a failed change. Revocations are polled as well. */
async function runEffect(effect: () => void | Promise<void>): Promise<void> {
  try {
    await effect();
  } catch (error) {
    log().error({ err: error }, "an after-commit effect failed");
  }
}

/** SQLSTATE 40001 serialization_failure, 40P01 deadlock_detected. */
function isRetryable(error: unknown): boolean {
  if (isKnownRequestError(error, "P2034")) return true;
  const sqlState = findSqlState(error);
  return sqlState === "40001" || sqlState === "40P01";
}

/** The generated class exists once per bundle, so the code decides, not instanceof. */
function isKnownRequestError(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** PostgreSQL's five characters for an error, wherever Prisma or the driver keeps them. */
export function findSqlState(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 4) return undefined;
  const record = error as Record<string, unknown>;
  for (const key of ["originalCode", "sqlState", "code"]) {
    const value = record[key];
    // Prisma's own codes (P2010 …) have the length of a SQLSTATE too; class P0 is PL/pgSQL's.
    if (typeof value === "string" && /^(?!P[1-9])[0-9A-Z]{5}$/.test(value)) return value;
  }
  return ["cause", "meta", "driverAdapterError"]
    .map((key) => findSqlState(record[key], depth + 1))
    .find((state) => state !== undefined);
}

/** P2002 and P2003 → CONFLICT, P2025 → NOT_FOUND; an AppError passes; the rest becomes INTERNAL. */
export function translateDbError(error: unknown): AppError {
  if (error instanceof Error && error.name === "AppError") return toAppError(error);
  const sqlState = findSqlState(error);
  if (isKnownRequestError(error, "P2002") || sqlState === "23505") {
    return new AppError("CONFLICT", "Another entry has this value already.", { cause: error });
  }
  if (isKnownRequestError(error, "P2003") || sqlState === "23503") {
    return new AppError("CONFLICT", "This refers to something that does not exist here.", { cause: error });
  }
  if (isKnownRequestError(error, "P2025")) {
    return new AppError("NOT_FOUND", "There is no such entry.", { cause: error });
  }
  return toAppError(error);
}
