import { AUTHENTICATION_CHECKS } from "./authentication-checks";
import type { Check } from "./check";
import { DIRECT_CHECKS } from "./direct-checks";
import { GROUP_CHECKS } from "./group-checks";
import { USER_CHECKS } from "./user-checks";
import { VALIDATOR_CHECKS } from "./validator-checks";

const rank = ({ number }: Check) => (number === "W" ? Infinity : number);

/** Microsoft's 25 tests in its order, then the web validator's oddities. */
export const ALL_CHECKS: readonly Check[] = [
  ...[...USER_CHECKS, ...GROUP_CHECKS, ...DIRECT_CHECKS, ...AUTHENTICATION_CHECKS].toSorted(
    (a, b) => rank(a) - rank(b),
  ),
  ...VALIDATOR_CHECKS,
];
