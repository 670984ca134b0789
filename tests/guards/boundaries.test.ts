import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, "..", "..");
const FIXTURE = join(ROOT, "tests", "fixtures", "boundaries");
const CONFIG = join(ROOT, ".dependency-cruiser.cjs");

interface CruiseResult {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

function cruise(cwd: string, ...paths: string[]): Promise<CruiseResult> {
  const program = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const args = [program, "--config", CONFIG, "--output-type", "json", ...paths];
  return new Promise((resolve, reject) => {
    // The exit status is the number of violations, so a non-zero one is not a failure of the run.
    execFile(process.execPath, args, { cwd, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (stdout === "") reject(new Error(stderr || String(error)));
      else resolve(JSON.parse(stdout) as CruiseResult);
    });
  });
}

/** The rule that each file of the fixture breaks. */
const PLANTED = [
  ["no-circular", "src/server/workspaces/circle-one.ts"],
  ["resolvable", "src/server/workspaces/leads-nowhere.ts"],
  ["no-development-packages", "src/server/workspaces/needs-a-test-runner.ts"],
  ["listed-packages", "src/server/workspaces/borrows-a-package.ts"],
  ["server-directory-arrows", "src/server/directory/knows-scim.ts"],
  ["server-kernel-arrows", "src/server/kernel/knows-db.ts"],
  ["server-modules-by-their-index", "src/server/scim/past-the-index.ts"],
  ["only-boot-starts-databases", "src/server/boards/migrates.ts"],
  ["only-root-composes-routers", "src/server/boards/calls-a-router.ts"],
  ["routers-compose-their-own", "src/server/boards/sharing.router.ts"],
  ["only-routers-use-trpc", "src/server/boards/knows-trpc.ts"],
  ["routers-use-init-only", "src/server/boards/boards.router.ts"],
  ["shared-stands-alone", "src/shared/knows-the-editor.ts"],
  ["editor-stands-alone", "src/editor/model/type-from-server.ts"],
  ["editor-math-arrows", "src/editor/math/knows-the-model.ts"],
  ["editor-without-frameworks", "src/editor/model/uses-react.ts"],
  ["ui-arrows", "src/ui/reads-tables.ts"],
  ["ui-types-only", "src/ui/calls-the-root.ts"],
  ["app-arrows", "src/app/reads-tables.ts"],
  ["nothing-imports-app", "src/server/auth/knows-a-page.ts"],
  ["server-knows-no-ui", "src/server/auth/renders.ts"],
  ["next-auth-loaded-late", "src/server/auth/loads-next-auth.ts"],
  ["prisma-in-repositories", "src/server/directory/queries.ts"],
  ["node-saml-in-saml", "src/server/directory/verifies.ts"],
  ["next-auth-in-auth", "src/server/directory/asks-next-auth.ts"],
  ["server-without-frameworks", "src/server/realtime/redirects.ts"],
] as const;

/** Arrows of single modules and layers are made from one table; two of them stand for all. */
const isTableRule = (name: string) => /^(server|editor)-[a-z]+-arrows$/.test(name);

describe("import rules", () => {
  const planted = cruise(FIXTURE, "src");

  it.each(PLANTED)("find a planted violation of %s in %s", async (rule, file) => {
    const { violations } = (await planted).summary;
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(
      rule,
    );
  });

  it("are all planted", () => {
    const config = require(CONFIG) as { readonly forbidden: readonly { readonly name: string }[] };
    const names = config.forbidden.map(({ name }) => name).filter((name) => !isTableRule(name));
    const covered: readonly string[] = PLANTED.map(([rule]) => rule);
    expect(names.filter((name) => !covered.includes(name))).toEqual([]);
  });

  it.each(["server", "editor"])("exist for every folder of src/%s", (part) => {
    const { forbidden } = require(CONFIG) as { readonly forbidden: readonly { readonly name: string }[] };
    const folders = readdirSync(join(ROOT, "src", part), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const wanted = folders.map((folder) => `${part}-${folder.name}-arrows`);
    expect(wanted.filter((name) => !forbidden.some((rule) => rule.name === name))).toEqual([]);
  });

  it("read the whole tree, so that silence means order", async () => {
    const { summary } = await cruise(ROOT, "src", "server.ts");
    expect(summary.totalCruised).toBeGreaterThan(200);
    expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  });
});
