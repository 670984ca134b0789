import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

export const ROOT = join(import.meta.dirname, "..", "..");

const SKIPPED = new Set(["node_modules", "generated", "fixtures", ".next", "dist"]);

/** The TypeScript files below a folder of the repository, as paths from its root. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

/** Whether a file is a test or a part of one; those may do what the product may not. */
export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$|\/testing\/|\/test-[a-z-]+\.ts$/.test(path);
}

export function readSource(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Every node of a file, the file itself first. */
export function* nodes(path: string, text: string): Generator<ts.Node> {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
  const waiting: ts.Node[] = [file];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    waiting.push(...node.getChildren(file));
  }
}

/** `path:line` of a node, for messages. */
export function place(path: string, node: ts.Node): string {
  const file = node.getSourceFile();
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}
