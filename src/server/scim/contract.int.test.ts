import { beforeAll, beforeEach } from "vitest";

import type { Api } from "../../../tests/conformance/scim/api";
import { contractSuites } from "../../../tests/conformance/scim/suites/contract";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../tests/support/scim-in-process";
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

contractSuites(api);
