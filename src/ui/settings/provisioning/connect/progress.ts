import type { ScimSettings } from "../../../trpc/client";
import type { StepState } from "../../step";

/** What has to be true before a step counts as done; each is read from the workspace itself. */
export type Milestone = "saml" | "enabled" | "called" | "provisioned";

/** How far the connection has come. Later milestones imply earlier ones only where they prove them. */
export function reached(
  scim: Pick<ScimSettings, "samlConfigured" | "enabled" | "lastRequestAt" | "members" | "groups">,
): ReadonlySet<Milestone> {
  const milestones: Milestone[] = [];
  if (scim.samlConfigured) milestones.push("saml");
  if (scim.enabled) milestones.push("enabled");
  if (scim.lastRequestAt !== null) milestones.push("called");
  if (scim.members + scim.groups > 0) milestones.push("provisioned");
  return new Set(milestones);
}

/** The states of steps in their order: done ones, the first that is not, and the rest. */
export function stepStates(needed: readonly Milestone[], has: ReadonlySet<Milestone>): StepState[] {
  const next = needed.findIndex((milestone) => !has.has(milestone));
  const now = next < 0 ? null : needed[next];
  return needed.map((milestone) => {
    if (has.has(milestone)) return "done";
    // Steps that wait for the same thing are done in one sitting.
    return milestone === now ? "now" : "later";
  });
}
