import { describe, expect, it } from "vitest";

import { audienceForms } from "./verify-assertion";

const ID = "0f4ee7d1-27d2-4d0c-b0a0-94f9fbb6b8f7";

describe("an audience", () => {
  it.each([ID, `api://${ID}`, `api://${ID}/.default`])("of an application has three forms: %s", (entered) => {
    expect(audienceForms(entered)).toEqual([ID, `api://${ID}`, `api://${ID}/.default`]);
  });

  it.each([
    "https://boards.example.com/public-api/oauth2/token",
    "api://chalkroom",
    `api://${ID}/other`,
    `x${ID}`,
  ])("of another kind has one: %s", (entered) => {
    expect(audienceForms(entered)).toEqual([entered]);
  });
});
