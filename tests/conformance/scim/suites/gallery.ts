import { describe, expect, it } from "vitest";

import { exchange, type ScimTarget } from "../../../../tools/entra-sim/index";
import { ALL_CHECKS } from "../../../../tools/gallery-checks/all-checks";
import { judge, runChecks } from "../../../../tools/gallery-checks/check";
import type { ProvisioningDoor } from "./provisioning";

/** Microsoft's published gallery validation, as `npm run gallery-checks` runs it. */
export function gallerySuite(door: ProvisioningDoor): void {
  describe("Microsoft's gallery validation", () => {
    it.each(ALL_CHECKS.map((check) => [`${check.number} ${check.name}`, check] as const))(
      "%s",
      async (_name, check) => {
        const [result] = await runChecks([check], await door.freshTarget());
        const expected = check.number === 21 || check.number === 22 ? "not-applicable" : "pass";
        expect({ verdict: result!.verdict, reason: result!.reason }).toEqual({
          verdict: expected,
          reason: result!.reason,
        });
      },
    );

    it("covers the 25 tests, and leaves nothing behind", async () => {
      const numbers = ALL_CHECKS.map(({ number }) => number).filter((number) => number !== "W");
      expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
      const target = await door.freshTarget();
      const before = await countUsers(target);
      const results = await runChecks(ALL_CHECKS, target);
      expect(judge(results)).toEqual({ passed: true, authentication: "not-tried" });
      expect(await countUsers(target)).toBe(before);
    }, 60_000);

    it("fails a service whose answers are wrong, and says which request", async () => {
      const target = await door.freshTarget();
      const results = await runChecks(ALL_CHECKS, { ...target, token: "wrong" });
      const verdicts = new Set(results.map(({ verdict }) => verdict));
      expect([...verdicts].toSorted()).toEqual(["fail", "not-applicable", "warning"]);
      expect(judge(results).passed).toBe(false);
      expect(results.find(({ number }) => number === 17)).toMatchObject({
        reason: expect.stringContaining("POST /Users was answered with 401") as string,
        replay: expect.stringContaining("curl -i -X POST") as string,
      });
    });
  });
}

async function countUsers(target: ScimTarget): Promise<unknown> {
  const { answer } = await exchange(target, "GET", `${target.baseUrl}/Users?count=0`);
  return (answer as { totalResults: number }).totalResults;
}
