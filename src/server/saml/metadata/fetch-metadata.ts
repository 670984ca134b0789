import { lookup, type LookupAddress } from "node:dns";
import { request } from "node:https";
import { isIP, type LookupFunction } from "node:net";

import { AppError } from "#server/kernel/errors";

import { MAX_METADATA_BYTES } from "./parse-metadata";
import { isPublicAddress } from "./public-address";

const TIMEOUT_MS = 5_000;

/** Where a request may go. The default is the public Internet with its usual authorities. */
export interface Network {
  /** Decides on the address that is really connected to, after name resolution. */
  readonly isAllowed: (address: string) => boolean;
  /** Certificate authorities in PEM, instead of the usual ones. */
  readonly ca?: string;
}

const PUBLIC_INTERNET: Network = { isAllowed: isPublicAddress };

/**
 * Reads metadata from where the identity provider publishes it. The address is an administrator's input, so the
 * request is kept from being used to look around inside the network: https only, no credentials, no redirect, and the
 * address that the name resolves to is checked at the moment it is connected to (no second resolution in between).
 * @returns the document, at most 1 MiB, read within 5 s
 * @throws AppError BAD_INPUT for an address that may not be read, UNAVAILABLE when there is no usable answer
 */
export async function fetchMetadata(url: string, network: Network = PUBLIC_INTERNET): Promise<string> {
  const target = readAddress(url, network);
  const bytes = await read(target, network);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw unavailable("The answer is not UTF-8 text.", error);
  }
}

function readAddress(url: string, network: Network): URL {
  const target = URL.canParse(url) && url.length <= 2048 ? new URL(url) : null;
  if (target?.protocol !== "https:") {
    throw new AppError("BAD_INPUT", "The metadata address must be an https URL.");
  }
  if (target.username !== "" || target.password !== "") {
    throw new AppError("BAD_INPUT", "The metadata address must not carry a user name or password.");
  }
  // An address instead of a name is never looked up, so it is checked here.
  const literal = target.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !network.isAllowed(literal)) throw notPublic();
  return target;
}

function notPublic(): AppError {
  return new AppError(
    "BAD_INPUT",
    "The metadata address leads into a private network. Upload the metadata file instead.",
  );
}

function unavailable(problem: string, cause?: unknown): AppError {
  return new AppError("UNAVAILABLE", `The metadata could not be read. ${problem}`, { cause });
}

function read(target: URL, network: Network): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(target, {
      agent: false,
      headers: { accept: "application/samlmetadata+xml, application/xml, text/xml" },
      lookup: checkedLookup(network),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(network.ca === undefined ? {} : { ca: network.ca }),
    });
    const fail = (error: Error) => {
      outgoing.destroy();
      reject(error);
    };
    outgoing.on("error", (error) => fail(explain(error)));
    outgoing.on("response", (answer) => {
      if (answer.statusCode !== 200) return fail(unavailable(describeStatus(answer.statusCode ?? 0)));
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_METADATA_BYTES) fail(unavailable("The document is larger than 1 MiB."));
        else chunks.push(chunk);
      });
      answer.on("error", (error) => fail(explain(error)));
      answer.on("end", () => resolve(Buffer.concat(chunks)));
    });
    outgoing.end();
  });
}

/** Resolves a name and lets only allowed addresses through; one bad address among several refuses the name. */
function checkedLookup(network: Network): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, []);
      if (addresses.length === 0 || addresses.some(({ address }) => !network.isAllowed(address))) {
        return callback(notPublic(), []);
      }
      if (options.all) return callback(null, addresses);
      return callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

function describeStatus(status: number): string {
  if (status >= 300 && status < 400) {
    return "The address redirects elsewhere; enter the address that it leads to.";
  }
  return `The identity provider answered with status ${status}.`;
}

function explain(error: Error): AppError {
  if (error instanceof AppError) return error;
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return unavailable("There was no answer within 5 seconds.", error);
  }
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return unavailable("The host name could not be resolved.", error);
  }
  if (/CERT|SELF_SIGNED|ALTNAME/.test(code)) {
    return unavailable("The host's TLS certificate is not valid.", error);
  }
  return unavailable("The host could not be reached.", error);
}
