interface Token {
  readonly isCurrent: boolean;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** The part of the credentials that ends some day. */
export interface Credentials {
  readonly tokens: readonly Token[];
  readonly clients: readonly {
    readonly name: string;
    readonly secrets: readonly { readonly expiresAt: Date | null }[];
  }[];
}

export interface Expiring {
  /** At the start of a sentence: "The secret token". */
  readonly what: string;
  readonly expiresAt: Date;
  /** True when its successor is there already and only has to be taken over on the other side. */
  readonly isReplaced: boolean;
}

/** What ends at some time and would stop provisioning then, if nobody does anything. */
export function expiringCredentials(credentials: Credentials | undefined): Expiring[] {
  if (!credentials) return [];
  return [...expiringTokens(credentials.tokens), ...credentials.clients.flatMap(expiringClient)];
}

/** The current token; and a former one that was used after the current one, so that its end would be noticed. */
function expiringTokens(tokens: readonly Token[]): Expiring[] {
  const current = tokens.find((token) => token.isCurrent);
  const since = current?.lastUsedAt?.getTime() ?? 0;
  return tokens.flatMap((token): Expiring[] => {
    if (!token.expiresAt) return [];
    if (token.isCurrent) return [{ what: "The secret token", expiresAt: token.expiresAt, isReplaced: false }];
    if ((token.lastUsedAt?.getTime() ?? 0) <= since) return [];
    return [{ what: "The former secret token, still in use,", expiresAt: token.expiresAt, isReplaced: true }];
  });
}

/** A client is safe as long as one of its secrets is. */
function expiringClient({ name, secrets }: Credentials["clients"][number]): Expiring[] {
  const ends = secrets.map((secret) => secret.expiresAt);
  const dates = ends.filter((end) => end !== null);
  if (dates.length === 0 || dates.length < ends.length) return [];
  const expiresAt = new Date(Math.max(...dates.map((end) => end.getTime())));
  return [{ what: `The client secret of “${name}”`, expiresAt, isReplaced: false }];
}
