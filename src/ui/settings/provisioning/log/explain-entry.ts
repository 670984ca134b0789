import { inSentence } from "../../provider-name";

/** What an entry says about why it was refused. */
export interface EntryState {
  readonly action: string;
  readonly outcome: "done" | "unchanged" | "refused" | "failed";
  readonly status: number;
  readonly scimType: string | null;
  readonly facts: { readonly found?: number };
}

export interface Explanation {
  readonly meaning: string;
  readonly todo: string;
}

/** What a refused or failed request means and what to do about it; null for one that needs nobody. */
export function explainEntry(entry: EntryState, provider: string): Explanation | null {
  const they = inSentence(provider);
  if (entry.outcome === "failed") {
    return {
      meaning: "Chalkroom itself failed. Nothing of this request was applied.",
      todo: `${provider} tries again by itself. If it keeps happening, look into the server's log at this time.`,
    };
  }
  if (entry.outcome === "refused") {
    return byScimType(entry.scimType, provider, they) ?? byStatus(entry.status, provider, they);
  }
  if (entry.action.endsWith("s.matched") && (entry.facts.found ?? 0) > 1) {
    return {
      meaning: `More than one was found. ${provider} takes that for an error and leaves them all alone.`,
      todo: `Match by an attribute that nobody shares, for example objectId to externalId, in the attribute mapping of ${they}.`,
    };
  }
  return null;
}

function byScimType(scimType: string | null, provider: string, they: string): Explanation | null {
  switch (scimType) {
    case "uniqueness":
      return {
        meaning: "Somebody or something here has this name already.",
        todo: `Look for two accounts or groups in ${they} that would be one and the same here, and rename one or take it out of scope.`,
      };
    case "invalidFilter":
      return {
        meaning: "The search could not be read.",
        todo: `Check which attribute is used for matching in the attribute mapping of ${they}.`,
      };
    case "invalidPath":
    case "noTarget":
      return {
        meaning: "It names an attribute that there is not. Nothing of this request was applied.",
        todo: `Remove or correct the attribute in the attribute mapping of ${they}: until then everything else in such requests is held up, too.`,
      };
    case "invalidValue":
      return {
        meaning: "A value is not of the kind that its attribute needs. Nothing of this request was applied.",
        todo: `The answer below names the attribute. Correct it on the person or group, or in the attribute mapping of ${they}.`,
      };
    case "mutability":
      return {
        meaning: "It would change something that provisioning may not change here.",
        todo: "The answer below says what it is and why. Nothing else of this request was applied.",
      };
    case "invalidSyntax":
      return {
        meaning: "The request is not well formed.",
        todo: `If it comes from a tool of your own, compare the request below with the SCIM standard (RFC 7644). If it comes from ${they}, tell us.`,
      };
    case "tooMany":
      return {
        meaning: "It asks for more at once than this server does.",
        todo: `Nothing was applied. ${provider} should send smaller portions.`,
      };
    default:
      return null;
  }
}

function byStatus(status: number, provider: string, they: string): Explanation {
  switch (status) {
    case 401:
      return {
        meaning: "The token is unknown, has expired or was revoked.",
        todo: `Reveal the current token under Credentials, paste it into ${they} as “Secret Token”, press “Test Connection” and save.`,
      };
    case 403:
      return {
        meaning: "Provisioning was not open at that moment: SCIM was off, or single sign-on not set up.",
        todo: "If both are on now, there is nothing to do.",
      };
    case 404:
      return {
        meaning: `${provider} asked for somebody or something by an id that does not exist here, or no longer.`,
        todo: `If it was deleted on purpose, there is nothing to do. Else restart provisioning in ${they}, so that it looks for everybody anew.`,
      };
    case 409:
      return {
        meaning: "It is at odds with what is here.",
        todo: "The answer below says with what. Nothing of this request was applied.",
      };
    case 412:
      return {
        meaning: "Somebody else had changed it in between.",
        todo: `Nothing is lost: ${they} reads it again and repeats what is still needed.`,
      };
    case 413:
      return {
        meaning: "The request is larger than this server takes.",
        todo: `Nothing was applied. ${provider} should send smaller portions.`,
      };
    case 429:
      return {
        meaning: "Too many requests came at once.",
        todo: `Nothing is lost: ${they} waits and tries again by itself.`,
      };
    default:
      return {
        meaning: "The request cannot be answered.",
        todo: "The answer below says why. Nothing of it was applied.",
      };
  }
}
