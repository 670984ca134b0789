import { beforeEach } from "vitest";

import { simulatorSuite } from "../../../tests/conformance/scim/suites/simulator";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim } from "../../../tests/support/scim-in-process";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

beforeEach(() => clearProcessSlot("rate-limit.scim"));

simulatorSuite({ freshTarget: async () => (await connectScim()).target });
