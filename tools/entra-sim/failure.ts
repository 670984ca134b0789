/** An object that could not be synchronised, under the code that Entra shows in its provisioning log. */
export class ObjectFailure extends Error {
  override name = "ObjectFailure";

  constructor(
    readonly code: string,
    reason: string,
    /** Worth trying again in the very next cycle. */
    readonly transient = false,
  ) {
    super(reason);
  }
}

export type QuarantineCode =
  "EncounteredQuarantineException" | "EncounteredEscrowProportionThreshold" | "QuarantineOnDemand";

/** Credentials or the service itself are unusable: Entra stops the whole job. */
export class Quarantined extends Error {
  override name = "Quarantined";
}

/** The code and whether the next cycle tries again, for whatever was thrown. */
export function describeFailure(error: unknown): { code: string; reason: string; transient: boolean } {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof ObjectFailure) return { code: error.code, reason, transient: error.transient };
  return { code: "SystemForCrossDomainIdentityManagementServiceIncompatible", reason, transient: false };
}
