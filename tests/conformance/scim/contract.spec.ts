import { beforeAll } from "vitest";

import type { ScimTarget } from "../../support/entra/index";
import type { Api } from "./api";
import { freshTarget, sharedTarget } from "./connect";
import { accessSuite } from "./suites/access";
import { badInputSuite } from "./suites/bad-input";
import { discoverySuite } from "./suites/discovery";
import { groupsSuite } from "./suites/groups";
import { listsSuite } from "./suites/lists";
import { patchesSuite } from "./suites/patches";
import { pitfallsSuite } from "./suites/pitfalls";
import { usersSuite } from "./suites/users";

let stranger: ScimTarget;
beforeAll(async () => {
  stranger = await freshTarget();
});

const api: Api = { target: sharedTarget, stranger: () => stranger };

accessSuite(api);
usersSuite(api);
listsSuite(api);
patchesSuite(api);
groupsSuite(api);
discoverySuite(api);
badInputSuite(api);
pitfallsSuite(api);
