import { beforeEach } from "vitest";

import { gallerySuite } from "../../../tests/conformance/scim/suites/gallery";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim } from "../../../tests/support/scim-in-process";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

beforeEach(() => clearProcessSlot("rate-limit.scim"));

gallerySuite({ freshTarget: async () => (await connectScim()).target });
