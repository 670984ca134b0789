import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number within limits. */
export function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`);
  };
}

/** When a credential was made, used last and ends, for people. */
export function describeDates(credential: {
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt?: Date | null;
}): string {
  const { createdAt, lastUsedAt, expiresAt } = credential;
  const used = lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : "never used";
  const ends = expiresAt ? `, ends ${expiresAt.toISOString()}` : "";
  return `made ${createdAt.toISOString()}, ${used}${ends}`;
}
