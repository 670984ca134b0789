import type { ShapePatch } from "./patch";

/**
 * The version of the record format, written into every snapshot. When a property changes its meaning, raise it
 * and append a step here. Snapshots and logged operations are both patches, so one function serves both.
 */
export const MODEL_VERSION = 1;

/** Turns a patch (or a whole record) of version `from` into the next version. */
export interface Upgrade {
  readonly from: number;
  readonly patch: (patch: ShapePatch) => ShapePatch;
}

const upgrades: readonly Upgrade[] = [];

/** Carries a patch from an older version to the current one, step by step. `steps` is open for tests. */
export function upgradePatch(
  patch: ShapePatch,
  from: number,
  steps: readonly Upgrade[] = upgrades,
): ShapePatch {
  let result = patch;
  for (const step of steps) if (step.from >= from) result = step.patch(result);
  return result;
}
