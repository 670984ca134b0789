import { beforeEach } from "vitest";

import { provisioningSuite } from "../../../tests/conformance/scim/suites/provisioning";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim } from "../../../tests/support/entra/in-process";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

beforeEach(() => clearProcessSlot("rate-limit.scim"));

provisioningSuite({ freshTarget: async () => (await connectScim()).target }, { users: 200, groups: 20 });
