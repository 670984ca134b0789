import { describe, expect, it } from "vitest";

import { type EnvError, parseEnv } from "./env";

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    return (error as EnvError).problems;
  }
}

describe("the environment", () => {
  it("has a default for everything", () => {
    expect(parseEnv({})).toMatchObject({ port: 3000, publicUrl: "http://localhost:3000", dataDir: ".data" });
  });

  it("takes an empty variable for an unset one", () => {
    expect(parseEnv({ PORT: "", PUBLIC_URL: "" }).publicUrl).toBe("http://localhost:3000");
  });

  it("lists all problems at once, each with its variable", () => {
    const problems = problemsOf({
      PORT: "seventy",
      PUBLIC_URL: "boards.example.com",
      DATABASE_URL: "mysql://x",
      APP_SECRET: "short",
      LOG_LEVEL: "loud",
    });
    expect(problems.map((problem) => problem.split(" ")[0]).sort()).toEqual([
      "APP_SECRET",
      "DATABASE_URL",
      "LOG_LEVEL",
      "PORT",
      "PUBLIC_URL",
    ]);
  });

  it("takes the slash off the public URL and refuses a path", () => {
    expect(parseEnv({ PUBLIC_URL: "https://boards.example.com/" }).publicUrl).toBe(
      "https://boards.example.com",
    );
    expect(problemsOf({ PUBLIC_URL: "https://example.com/boards" })).toHaveLength(1);
  });

  it("refuses ports outside the range and other schemes than http", () => {
    expect(problemsOf({ PORT: "70000" })).toHaveLength(1);
    expect(problemsOf({ PUBLIC_URL: "javascript:alert(1)" }).length).toBeGreaterThan(0);
  });

  it("asks Microsoft's public cloud about Entra unless told otherwise, and never in clear over a network", () => {
    expect(parseEnv({}).entraAuthority).toBe("https://login.microsoftonline.com");
    const china = { ENTRA_AUTHORITY: "https://login.partner.microsoftonline.cn/" };
    expect(parseEnv(china).entraAuthority).toBe("https://login.partner.microsoftonline.cn");
    expect(parseEnv({ ENTRA_AUTHORITY: "http://127.0.0.1:9000" }).entraAuthority).toBe(
      "http://127.0.0.1:9000",
    );
    for (const value of [
      "http://login.microsoftonline.com",
      "http://localhost.example.com",
      "http://127.0.0.1@evil.example",
      "https://login.microsoftonline.com/common",
      "https://login.microsoftonline.com?tenant=common",
      "https://anybody@login.microsoftonline.com",
      "login.microsoftonline.com",
    ]) {
      expect(problemsOf({ ENTRA_AUTHORITY: value })).toHaveLength(1);
    }
  });
});
