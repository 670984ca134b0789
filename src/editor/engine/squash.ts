import type { ShapeOp, ShapePatch } from "#editor/model/ops";

/**
 * The same effect in fewer operations: patches of one shape in a row become one, and what happened to a shape
 * before its deletion is forgotten. The order between different shapes does not matter.
 */
export function squashOps(ops: readonly ShapeOp[]): ShapeOp[] {
  const byShape = new Map<string, (ShapePatch | null)[]>();
  for (const [id, patch] of ops) {
    const list = byShape.get(id);
    const last = list?.at(-1);
    if (!list || patch === null) byShape.set(id, [patch]);
    else if (last) list[list.length - 1] = { ...last, ...patch };
    else list.push(patch);
  }
  return [...byShape].flatMap(([id, patches]) => patches.map((patch): ShapeOp => [id, patch]));
}
