import { beforeAll, beforeEach } from "vitest";

import type { Api } from "../../../tests/conformance/scim/api";
import { accessSuite } from "../../../tests/conformance/scim/suites/access";
import { badInputSuite } from "../../../tests/conformance/scim/suites/bad-input";
import { discoverySuite } from "../../../tests/conformance/scim/suites/discovery";
import { groupsSuite } from "../../../tests/conformance/scim/suites/groups";
import { listsSuite } from "../../../tests/conformance/scim/suites/lists";
import { patchesSuite } from "../../../tests/conformance/scim/suites/patches";
import { usersSuite } from "../../../tests/conformance/scim/suites/users";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../tests/support/entra/in-process";
import { clearProcessSlot } from "#server/kernel/slot";

// The same suites run over HTTP against the built app in tests/conformance/scim; here they call the core directly.
useTestDatabase();

let own: ScimConnection;
let other: ScimConnection;

beforeAll(async () => {
  own = await connectScim();
  other = await connectScim();
});

beforeEach(() => clearProcessSlot("rate-limit.scim"));

const api: Api = { target: () => own.target, stranger: () => other.target };

accessSuite(api);
usersSuite(api);
listsSuite(api);
patchesSuite(api);
groupsSuite(api);
discoverySuite(api);
badInputSuite(api);
