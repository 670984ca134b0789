import { describe, expect, it } from "vitest";

import type { Api } from "../../api";
import { MEMBERSHIPS } from "./memberships";
import { PATCHES } from "./patches";
import { PEOPLE } from "./people";
import { SEARCHES } from "./searches";
import { WIRE } from "./wire";

/** The ways in which public SCIM servers have broken, one test each. */
export function pitfallsSuite(api: Api): void {
  describe("pitfalls of public SCIM servers", () => {
    it.each([...PATCHES, ...MEMBERSHIPS, ...SEARCHES, ...PEOPLE, ...WIRE])(
      "avoids %i: %s",
      async (_number, _pitfall, check) => {
        expect.hasAssertions();
        await check(api);
      },
    );
  });
}
