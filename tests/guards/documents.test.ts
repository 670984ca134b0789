import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, it } from "vitest";

import { readSource, ROOT } from "./source-tree";

const DOCUMENTS = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/guides/conformance.md",
  "docs/guides/entra.md",
  "docs/guides/provisioning-credentials.md",
];

/** The variables of env.ts's schema. */
function declaredVariables(): string[] {
  return [...readSource("src/server/kernel/env.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
    (match) => match[1]!,
  );
}

/** The variables in the first column of README's table. */
function documentedVariables(): string[] {
  return [...readSource("README.md").matchAll(/^\| `([A-Z][A-Z_]+)` +\|/gm)].map((match) => match[1]!);
}

/** Repository paths that a document names in code marks or links: `src/…`, `tests/…`, `docs/…`. */
function namedPaths(document: string): string[] {
  const text = readSource(document);
  const inCode = [...text.matchAll(/`((?:src|tests|e2e|docs|prisma|scripts)\/[\w./[\]()-]+)`/g)].map(
    (match) => match[1]!,
  );
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) =>
    join(dirname(document), match[1]!),
  );
  return [...inCode, ...links];
}

describe("README", () => {
  it("documents every variable of the environment and no other", () => {
    expect(declaredVariables().length).toBeGreaterThan(8);
    expect(documentedVariables().sort()).toEqual(declaredVariables().sort());
  });
});

describe("the documents", () => {
  it.each(DOCUMENTS)("name only files that exist: %s", (document) => {
    expect(namedPaths(document).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("keep the architecture to what one sitting can read", () => {
    expect(readSource("ARCHITECTURE.md").split("\n").length).toBeLessThanOrEqual(300);
  });
});
