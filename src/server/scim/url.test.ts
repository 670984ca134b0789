import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { normalizeScimUrl } from "./url";

const B = "/public-api/scim-v2";
const FILTER = "filter=userName+eq+%22ana%40contoso.example%22";

const CASES: readonly (readonly [form: string, given: string, expected: string])[] = [
  ["F1 stripped", `${B}/Users?${FILTER}`, `${B}/Users?${FILTER}`],
  ["F2 bare key first", `${B}/Users?aadOptscim062020&${FILTER}`, `${B}/Users?${FILTER}`],
  ["F2 bare key alone", `${B}/Users?aadOptscim062020`, `${B}/Users`],
  ["F3 key with a value in capitals", `${B}/Users?AADOPTSCIM062020=true&${FILTER}`, `${B}/Users?${FILTER}`],
  ["F3 key with an empty value", `${B}/Users?aadOptscim062020=&${FILTER}`, `${B}/Users?${FILTER}`],
  ["F4 key last", `${B}/Users?${FILTER}&aadOptscim062020`, `${B}/Users?${FILTER}`],
  ["F4 key in the middle", `${B}/Users?${FILTER}&aadOptscim062020=1&count=5`, `${B}/Users?${FILTER}&count=5`],
  ["F5 double question mark", `${B}/Users?aadOptscim062020?${FILTER}`, `${B}/Users?${FILTER}`],
  ["F5 as a router re-encodes it", `${B}/Users?aadOptscim062020%3F${FILTER}`, `${B}/Users?${FILTER}`],
  ["F6 path after the flag", `${B}/?aadOptscim062020/Users?${FILTER}`, `${B}/Users?${FILTER}`],
  ["F6 without the slash, with an id", `${B}?aadOptscim062020/Users/1-2`, `${B}/Users/1-2`],
  ["F6 flag with a value", `${B}/?aadOptscim062020=true/Users?${FILTER}`, `${B}/Users?${FILTER}`],
  ["F6 as a router re-encodes it", `${B}?aadOptscim062020%2FUsers%3F${FILTER}`, `${B}/Users?${FILTER}`],
  ["F6 re-encoded as a key without a value", `${B}?aadOptscim062020%2FUsers%2F1-2=`, `${B}/Users/1-2`],
  ["F6 .search", `${B}/?aadOptscim062020/Users/.search`, `${B}/Users/.search`],
  ["F6 with an ampersand", `${B}/?aadOptscim062020/Users&${FILTER}`, `${B}/Users?${FILTER}`],
  ["F7 double slash", `${B}//Users`, `${B}/Users`],
  ["F7 slashes doubled everywhere", `//public-api//scim-v2///Users//1-2//`, `${B}/Users/1-2`],
  ["F8 trailing slash", `${B}/Users/?${FILTER}`, `${B}/Users?${FILTER}`],
  ["F8 base with a slash", `${B}/`, B],
  ["F9 lower-case resource", `${B}/users`, `${B}/Users`],
  ["F9 prefix in mixed case", `/Public-Api/SCIM-v2/GROUPS/1-2`, `${B}/Groups/1-2`],
  ["F9 discovery in lower case", `${B}/serviceproviderconfig`, `${B}/ServiceProviderConfig`],
  ["F10 base", B, B],
  ["F10 base with the flag", `${B}/?aadOptscim062020`, B],
  [
    "the misspelt flag of a vendor's guide",
    `${B}/?aadOptscim0620200/Users?${FILTER}`,
    `${B}/Users?${FILTER}`,
  ],
  ["the announced opposite flag", `${B}/Users?AzureAdScimPatch2017&${FILTER}`, `${B}/Users?${FILTER}`],
  [
    "the flag's word inside a filter value",
    `${B}/Users?filter=userName+eq+%22aadOptscim062020%22`,
    `${B}/Users?filter=userName+eq+%22aadOptscim062020%22`,
  ],
  ["the flag's word as an id", `${B}/Users/aadOptscim062020`, `${B}/Users/aadOptscim062020`],
  ["a trailing ampersand", `${B}/Users?${FILTER}&`, `${B}/Users?${FILTER}`],
  ["a question mark without a query", `${B}/Users/1-2?`, `${B}/Users/1-2`],
  ["an encoded slash in an id", `${B}/Users/a%2Fb`, `${B}/Users/a%2Fb`],
  ["a malformed escape in an id", `${B}/Users/%zz`, `${B}/Users/%25zz`],
  ["colons of a schema URN", `${B}/Schemas/urn:ietf:x:2.0:User`, `${B}/Schemas/urn:ietf:x:2.0:User`],
];

describe("normalizeScimUrl", () => {
  it.each(CASES)("turns %s into the plain resource URL", (_form, given, expected) => {
    expect(normalizeScimUrl(given)).toBe(expected);
  });

  it.each(CASES)("changes nothing more when applied twice to %s", (_form, given) => {
    const once = normalizeScimUrl(given);
    expect(normalizeScimUrl(once)).toBe(once);
  });

  it.each([
    "/",
    "/w/acme//board/1?aadOptscim062020",
    "/public-api/scim-v20/Users/",
    "/public-api/scim?x=1",
    "/x/public-api/scim-v2/Users/",
    "*",
    "",
  ])("leaves the foreign path %s untouched", (path) => {
    expect(normalizeScimUrl(path)).toBe(path);
  });

  it("never throws and is stable, whatever the query", () => {
    fc.assert(
      fc.property(fc.string(), (tail) => {
        const once = normalizeScimUrl(`${B}/${tail}`);
        expect(once.startsWith(B)).toBe(true);
        expect(normalizeScimUrl(once).startsWith(B)).toBe(true);
      }),
    );
  });
});
