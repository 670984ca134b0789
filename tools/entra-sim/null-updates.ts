import type { Connection } from "./connection";
import { clearPatch, patchMessage, type Dialect } from "./dialect";
import { isValuePath, OPTIONAL_PATHS, readTarget } from "./mapping";
import { insist } from "./strict-answer";
import type { Json } from "./wire";

/**
 * Clears every optional attribute, first by an empty text and then by null, and reads after each: nothing may be
 * left. @throws ServiceIncompatible
 */
export async function clearOptionalAttributes(
  connection: Connection,
  id: string,
  dialect: Dialect,
): Promise<void> {
  for (const value of ["", null] as const) {
    await connection.patch(
      "User",
      id,
      dialect === "legacy" ? clearPatch(OPTIONAL_PATHS, value) : flat(value),
    );
    const user = await connection.read("User", id);
    for (const path of OPTIONAL_PATHS) {
      const left = readTarget(user, path);
      insist(
        left === undefined || left === "",
        `${path} was cleared by ${JSON.stringify(value)} and still is ${JSON.stringify(left)}`,
      );
    }
  }
}

/** Value paths on their own, the rest as flat keys of one operation. */
function flat(value: "" | null): Record<string, Json> {
  const own = OPTIONAL_PATHS.filter(isValuePath).map((path) => ({ op: "replace", path, value }));
  const keys = OPTIONAL_PATHS.filter((path) => !isValuePath(path));
  return patchMessage([
    ...own,
    { op: "replace", value: Object.fromEntries(keys.map((key) => [key, value])) },
  ]);
}
