import ts from "typescript";
import { describe, expect, it } from "vitest";

import { isTestFile, nodes, place, readSource, sourceFiles } from "./source-tree";

/** Globals that would tie the editor to a browser, a clock or chance; it is given a painter, a clock and ids instead. */
const AMBIENT = new Set([
  "fetch",
  "setTimeout",
  "setInterval",
  "requestAnimationFrame",
  "window",
  "document",
  "navigator",
  "localStorage",
]);
const AMBIENT_MEMBERS = new Set(["Date.now", "Math.random", "performance.now", "crypto.randomUUID"]);

/** Whether an identifier is a use of that global, not the name of a property, parameter or import. */
function isFreeUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isTypeReferenceNode(parent)
  );
}

function findAmbient(path: string, text: string): string[] {
  const found: string[] = [];
  for (const node of nodes(path, text)) {
    if (ts.isIdentifier(node) && AMBIENT.has(node.text) && isFreeUse(node)) {
      found.push(`${place(path, node)} ${node.text}`);
    }
    if (ts.isPropertyAccessExpression(node) && AMBIENT_MEMBERS.has(node.getText())) {
      found.push(`${place(path, node)} ${node.getText()}`);
    }
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) {
      found.push(`${place(path, node)} new Date()`);
    }
  }
  return found;
}

function findEnvReads(path: string, text: string): string[] {
  return [...nodes(path, text)]
    .filter((node) => ts.isPropertyAccessExpression(node) && node.getText() === "process.env")
    .map((node) => place(path, node));
}

function findAny(path: string, text: string): string[] {
  return [...nodes(path, text)]
    .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
    .map((node) => place(path, node));
}

describe("the editor", () => {
  const files = sourceFiles("src/editor").filter((path) => !isTestFile(path));

  it("uses no clock, chance, network or page of its own", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((path) => findAmbient(path, readSource(path)))).toEqual([]);
  });

  it.each([
    "fetch('/x')",
    "const t = setTimeout",
    "Date.now()",
    "Math.random()",
    "window.scroll()",
    "new Date()",
  ])("would be caught at %s", (text) => {
    expect(findAmbient("planted.ts", text)).toHaveLength(1);
  });

  it("may name its own properties as it likes", () => {
    expect(
      findAmbient("planted.ts", "interface A { window: number } const b = c.document; new Date(at);"),
    ).toEqual([]);
  });
});

describe("the environment", () => {
  it("is read in one file, and written by the start-up once", () => {
    const files = [...sourceFiles("src").filter((path) => !isTestFile(path)), "server.ts"];
    expect(files.length).toBeGreaterThan(200);
    const readers = files.filter((path) => findEnvReads(path, readSource(path)).length > 0);
    expect(readers.sort()).toEqual(["server.ts", "src/server/kernel/env.ts"]);
    expect(findEnvReads("server.ts", readSource("server.ts"))).toHaveLength(1);
    expect(readSource("server.ts")).toContain('process.env["NEXTAUTH_URL"] = ');
  });

  it.each(["process.env.PORT", 'process.env["PORT"]', "const { PORT } = process.env"])(
    "would be caught at %s",
    (text) => {
      expect(findEnvReads("planted.ts", text)).toHaveLength(1);
    },
  );
});

describe("types", () => {
  it("are never any", () => {
    const files = [...["src", "tests", "e2e", "scripts"].flatMap(sourceFiles), "server.ts"];
    expect(files.flatMap((path) => findAny(path, readSource(path)))).toEqual([]);
  });

  it("would be caught as any", () => {
    expect(findAny("planted.ts", "const a = b as any; function f(x: any[]): void {}")).toHaveLength(2);
  });
});
