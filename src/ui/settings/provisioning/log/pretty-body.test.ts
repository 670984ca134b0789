import { expect, it } from "vitest";

import { prettyBody } from "./pretty-body";

it("indents JSON, and leaves what was cut as it is", () => {
  expect(prettyBody('{"active":false}')).toBe('{\n  "active": false\n}');
  expect(prettyBody('{"Resources":[{"id":')).toBe('{"Resources":[{"id":');
});
