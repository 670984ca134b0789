import { randomBytes, randomUUID } from "node:crypto";

import type { TestPerson } from "./build-response";

/** A person nobody else in the test run has. */
export function newPerson(changes: Partial<TestPerson> = {}): TestPerson {
  const userName = `p${randomBytes(5).toString("hex")}@contoso.example`;
  return { userName, email: userName, objectId: randomUUID(), displayName: "Ada Lovelace", ...changes };
}
