import { afterAll, beforeAll } from "vitest";

import type { ScimTarget } from "../../../tools/entra-sim/index";
import { useApp } from "../../support/use-app";
import type { Api } from "./api";
import { freshTarget } from "./connect";
import { openNextDoor, type NextDoor } from "./next-door";
import { contractSuites } from "./suites/contract";

let door: NextDoor;
let own: ScimTarget;
let stranger: ScimTarget;

beforeAll(async () => {
  door = await openNextDoor(useApp());
  const { baseUrl } = door;
  own = { ...(await freshTarget()), baseUrl };
  stranger = { ...(await freshTarget()), baseUrl };
});
afterAll(() => door?.stop());

const api: Api = { target: () => own, stranger: () => stranger };

contractSuites(api);
