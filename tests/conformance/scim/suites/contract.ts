import type { Api } from "../api";
import { accessSuite } from "./access";
import { attributesSuite } from "./attributes";
import { badInputSuite } from "./bad-input";
import { bulkSuite } from "./bulk";
import { claimsSuite } from "./claims";
import { clientsSuite } from "./clients";
import { discoverySuite } from "./discovery";
import { groupsSuite } from "./groups";
import { listsSuite } from "./lists";
import { patchesSuite } from "./patches";
import { pitfallsSuite } from "./pitfalls/index";
import { preconditionsSuite } from "./preconditions";
import { usersSuite } from "./users";

/** Everything that a door to the service must do; run against each of them. */
export function contractSuites(api: Api): void {
  accessSuite(api);
  usersSuite(api);
  listsSuite(api);
  patchesSuite(api);
  groupsSuite(api);
  discoverySuite(api);
  badInputSuite(api);
  bulkSuite(api);
  attributesSuite(api);
  claimsSuite(api);
  clientsSuite(api);
  preconditionsSuite(api);
  pitfallsSuite(api);
}
