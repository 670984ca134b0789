/**
 * What one SCIM request costs at the very least: a bare `node:http` server that does one statement by `pg` and
 * answers JSON, without a token, validation, audit, transaction or log. Run as a process of its own by scim-cpu.ts;
 * DATABASE_URL says where. Its table has the columns and indexes of "Member".
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 20 });
const COLUMNS = `"id", "userName", "externalId", "displayName", "active", "scimAttributes", "version", "createdAt", "updatedAt"`;
const SELECT = `SELECT ${COLUMNS} FROM "BareMember" WHERE "workspaceId" = $1 AND "userNameLower" = $2 AND "deletedAt" IS NULL`;
const INSERT = `INSERT INTO "BareMember" ("id", "workspaceId", "userName", "userNameLower", "externalId", "displayName",
  "name", "role", "source", "scimAttributes", "updatedAt") VALUES ($1, $2, $3, $4, $5, $6, $6, 'editor', 'scim', $7, now())
  RETURNING ${COLUMNS}`;
const UPDATE = `UPDATE "BareMember" SET "displayName" = $3, "version" = "version" + 1, "updatedAt" = now()
  WHERE "workspaceId" = $1 AND "id" = $2 RETURNING ${COLUMNS}`;

const JOIN = `INSERT INTO "BareMembership" ("workspaceId", "groupId", "memberId")
  SELECT $1, $2, unnest($3::uuid[]) ON CONFLICT DO NOTHING`;

interface Posted {
  userName: string;
  externalId: string;
  displayName: string;
  emails: unknown;
  Operations: { value: string | { value: string }[] }[];
}

async function readJson(request: IncomingMessage): Promise<Posted> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += chunk as string;
  return JSON.parse(text) as Posted;
}

async function query(text: string, values: readonly unknown[]): Promise<unknown[]> {
  return (await pool.query<Record<string, unknown>>(text, [...values])).rows;
}

/** Paths are /WORKSPACE/Users, /WORKSPACE/Users/ID and /WORKSPACE/Groups/ID. */
async function answer(request: IncomingMessage): Promise<unknown> {
  const [path = "", search = ""] = (request.url ?? "").split("?");
  const [, workspaceId, kind, id] = path.split("/");
  if (request.method === "GET") {
    const userName = /"(.*)"/.exec(decodeURIComponent(search.replaceAll("+", " ")))?.[1] ?? "";
    const rows = await query(SELECT, [workspaceId, userName.toLowerCase()]);
    return { totalResults: rows.length, Resources: rows };
  }
  const body = await readJson(request);
  const changed = body.Operations?.[0]?.value;
  if (kind === "Groups" && Array.isArray(changed)) {
    return query(JOIN, [workspaceId, id, changed.map((member) => member.value)]);
  }
  if (request.method === "PATCH") return (await query(UPDATE, [workspaceId, id, changed]))[0];
  const { userName, externalId, displayName, emails } = body;
  const lower = userName.toLowerCase();
  return (
    await query(INSERT, [randomUUID(), workspaceId, userName, lower, externalId, displayName, { emails }])
  )[0];
}

const server = createServer((request, response) => {
  answer(request).then(
    (value) => {
      response.writeHead(request.method === "POST" ? 201 : 200, { "content-type": "application/scim+json" });
      response.end(JSON.stringify(value));
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening on ${(server.address() as AddressInfo).port}\n`);
});
