import { CheckFailed, NotApplicable, Service } from "./service";
import type { ScimTarget } from "../entra-sim/index";

/** Credentials for the two tests of authentication; without them they do not apply. */
export interface Credentials {
  readonly tokenEndpoint?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** A client assertion that Entra (or a stand-in) has signed. */
  readonly assertion?: string;
}

export interface Stage {
  readonly service: Service;
  readonly target: ScimTarget;
  readonly credentials: Credentials;
  /** Unlike in every other run. */
  readonly unique: () => string;
}

export interface Check {
  /** The number in Microsoft's list of 25; "W" for what only the web validator sends. */
  readonly number: number | "W";
  readonly name: string;
  /** A failure of an optional check is a warning. */
  readonly mandatory: boolean;
  /** @returns what was established, for the report */
  readonly run: (stage: Stage) => Promise<string>;
}

export type Verdict = "pass" | "fail" | "warning" | "not-applicable";

export interface CheckResult {
  readonly number: number | "W";
  readonly name: string;
  readonly mandatory: boolean;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly replay: string | null;
  readonly ms: number;
}

/** Runs checks one after the other; each cleans up after itself. */
export async function runChecks(
  checks: readonly Check[],
  target: ScimTarget,
  credentials: Credentials = {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runCheck(check, target, credentials));
  return results;
}

async function runCheck(check: Check, target: ScimTarget, credentials: Credentials): Promise<CheckResult> {
  const startedAt = performance.now();
  const service = new Service(target);
  const unique = () => Math.random().toString(36).slice(2, 10).padEnd(8, "0");
  const { number, name, mandatory } = check;
  const verdict = (is: Verdict, reason: string, replay: string | null): CheckResult => ({
    number,
    name,
    mandatory,
    verdict: is,
    reason,
    replay,
    ms: performance.now() - startedAt,
  });
  try {
    return verdict("pass", await check.run({ service, target, credentials, unique }), null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof NotApplicable) return verdict("not-applicable", reason, null);
    const replay = error instanceof CheckFailed ? error.replay : null;
    return verdict(mandatory ? "fail" : "warning", reason, replay);
  } finally {
    await service.cleanUp();
  }
}

/**
 * Whether the whole passes as Microsoft counts: no mandatory failure, and one of the two ways of authentication,
 * which `authentication` tells apart because a static token is fine outside the gallery.
 */
export function judge(results: readonly CheckResult[]): {
  passed: boolean;
  authentication: "pass" | "fail" | "not-tried";
} {
  const ways = results.filter(({ number }) => number === 21 || number === 22).map(({ verdict }) => verdict);
  const authentication = ways.includes("pass") ? "pass" : ways.includes("fail") ? "fail" : "not-tried";
  const others = results.filter(({ number }) => number !== 21 && number !== 22);
  const passed = others.every(({ verdict }) => verdict !== "fail") && authentication !== "fail";
  return { passed, authentication };
}
