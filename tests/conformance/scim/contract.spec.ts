import { beforeAll } from "vitest";

import type { ScimTarget } from "../../../tools/entra-sim/index";
import type { Api } from "./api";
import { freshTarget, sharedTarget } from "./connect";
import { contractSuites } from "./suites/contract";

let stranger: ScimTarget;
beforeAll(async () => {
  stranger = await freshTarget();
});

const api: Api = { target: sharedTarget, stranger: () => stranger };

contractSuites(api);
