import { beforeAll, beforeEach } from "vitest";

import type { Api } from "../../../tests/conformance/scim/api";
import { pitfallsSuite } from "../../../tests/conformance/scim/suites/pitfalls";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../tests/support/scim-in-process";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

let own: ScimConnection;
const api: Api = { target: () => own.target, stranger: () => own.target };

beforeAll(async () => {
  own = await connectScim();
});
beforeEach(() => clearProcessSlot("rate-limit.scim"));

pitfallsSuite(api);
