/**
 * Writes migrations and checks them against prisma/schema.prisma.
 *   npm run db:migrate -- --name X   the SQL from the last commit's schema to today's, as a new migration
 *   npm run db:diff                  exit 1 when a database made by the migrations and one made from the schema differ
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { Client } from "pg";

import { removeDataFolder, startCluster } from "../src/server/db/embedded/cluster";
import { migrate } from "../src/server/db/migrate";
import { openSchemaEngine } from "./schema-engine";

const SCHEMA = "prisma/schema.prisma";

/**
 * Every table, column, index, constraint and enum value as a line of text. The engine's own introspection
 * reads catalogue columns of type "char", which this release of the pg adapter does not decode.
 */
const CATALOGUE = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' ||
         coalesce(column_default, '-') || ' ' || coalesce(datetime_precision::text, '-') AS line
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype::text <> 'n'
  UNION ALL SELECT 'enum ' || t.typname || ' ' || e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
  ORDER BY 1`;

/** What the migrations have on purpose and Prisma's schema language cannot say. */
const BEYOND_PRISMA = /"Member_\w+_(?:living_key|living_idx|pattern_idx|texts_idx)"/;

const { values } = parseArgs({ options: { name: { type: "string" } } });
const dataDir = mkdtempSync(join(tmpdir(), "chalkroom-diff-"));
const cluster = await startCluster(dataDir, { settings: { fsync: "off" } });
try {
  if (values.name === undefined) await checkDrift();
  else await writeMigration(values.name);
} finally {
  await cluster.release();
  removeDataFolder(dataDir);
}

async function checkDrift(): Promise<void> {
  const migrated = await database("migrated");
  const declared = await database("declared");
  await migrate(migrated, "prisma/migrations");
  await run(migrated, 'DROP TABLE "_prisma_migrations"');
  await run(declared, await diffSql({ tag: "empty" }));
  const [before, after] = await Promise.all([catalogue(migrated), catalogue(declared)]);
  const differences = [
    ...[...before].filter((line) => !after.has(line)).map((line) => `only in the migrations: ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `only in the schema:     ${line}`),
  ].filter((line) => !BEYOND_PRISMA.test(line));
  process.stdout.write(
    `${differences.join("\n") || `The migrations and ${SCHEMA} agree (${after.size} facts).`}\n`,
  );
  if (differences.length > 0) process.exitCode = 1;
}

async function writeMigration(name: string): Promise<void> {
  const first = execFileSync("git", ["ls-files", "prisma/migrations"]).length === 0;
  const committed = () => execFileSync("git", ["show", `HEAD:${SCHEMA}`]).toString();
  const sql = await diffSql(
    first ? { tag: "empty" } : { tag: "schemaDatamodel", files: [{ path: SCHEMA, content: committed() }] },
  );
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join("prisma/migrations", `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), `${sql.trim()}\n`);
  process.stdout.write(`${folder}/migration.sql\n`);
}

type DiffSource = { tag: "empty" } | { tag: "schemaDatamodel"; files: { path: string; content: string }[] };

async function diffSql(from: DiffSource): Promise<string> {
  const engine = await openSchemaEngine(cluster.url);
  const result = await engine.diff({
    from,
    to: { tag: "schemaDatamodel", files: [{ path: SCHEMA, content: readFileSync(SCHEMA, "utf8") }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.stdout ?? "";
}

async function database(name: string): Promise<string> {
  await run(cluster.url, `CREATE DATABASE "${name}"`);
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  return url.toString();
}

async function run(url: string, sql: string): Promise<{ line: string }[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

async function catalogue(url: string): Promise<Set<string>> {
  return new Set((await run(url, CATALOGUE)).map((row) => row.line));
}
