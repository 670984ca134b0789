import { beforeAll, beforeEach } from "vitest";

import type { Api } from "../../../../../tests/conformance/scim/api";
import { connectScim, type ScimConnection } from "../../../../../tests/support/scim-in-process";
import { db } from "#server/db/index";
import { clearProcessSlot } from "#server/kernel/slot";

import { flushProvisioningLog } from "../log-writer";
import { listLog, type LogEntry } from "../read-log";

/** A connected workspace whose log is empty before each test, and what its log says. Call it at the top of a file. */
export function useLoggedConnection() {
  let connection: ScimConnection;
  beforeAll(async () => {
    connection = await connectScim();
  });
  beforeEach(async () => {
    for (const name of ["rate-limit.scim", "rate-limit.scim.retired-looks"]) clearProcessSlot(name);
    await flushProvisioningLog();
    await db().scimExchange.deleteMany();
    await db().scimActivity.deleteMany();
  });

  /** The log of the workspace, oldest first. */
  async function written(): Promise<LogEntry[]> {
    await flushProvisioningLog();
    return (await listLog(connection.scope, {})).entries.reverse();
  }
  const api: Api = { target: () => connection.target, stranger: () => connection.target };
  return {
    api,
    written,
    lastWritten: async (): Promise<LogEntry> => (await written()).at(-1)!,
    scope: () => connection.scope,
    target: () => connection.target,
    cli: () => ({ kind: "cli", workspaceId: connection.scope.workspaceId }) as const,
    /** Goes on with another token. */
    useToken(token: string): void {
      connection = { ...connection, target: { ...connection.target, token } };
    },
  };
}

/** What an entry says, without when and by which words. */
export const brief = ({ action, outcome, facts }: LogEntry) => ({ action, outcome, facts });
