import { describe, expect, it } from "vitest";

import { runNode } from "../../support/app";
import { freshTarget } from "./connect";

interface SimulatorAnswer {
  readonly ok: boolean;
  readonly runs: readonly {
    readonly ok: boolean;
    readonly writes: number;
    readonly findings: readonly { readonly step: string; readonly ok: boolean }[];
  }[];
}

const SMALL = ["--users", "6", "--groups", "2", "--json"];

async function run(tool: string, args: readonly string[], options: { stdin?: string; token?: string } = {}) {
  const { status, stdout, stderr } = await runNode(["--import", "tsx", `tools/${tool}/main.ts`, ...args], {
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    ...(options.token === undefined ? {} : { env: { SCIM_TOKEN: options.token } }),
  });
  return { status, stdout, stderr };
}

describe("the command line of the simulator", () => {
  it("converges over HTTP in both dialects with all extras, and cleans up", async () => {
    const { baseUrl, token } = await freshTarget();
    const args = ["--url", `${baseUrl}/?aadOptscim062020`, "--dialect", "all", "--validator", ...SMALL];
    const { status, stdout, stderr } = await run("entra-sim", args, { token });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const answer = JSON.parse(stdout) as SimulatorAnswer;
    expect(answer).toMatchObject({ ok: true, runs: [{ ok: true }, { ok: true }] });
    expect(answer.runs[0]!.findings.map(({ step }) => step)).toEqual(
      expect.arrayContaining([
        "test connection",
        "idle cycle",
        "job without memory",
        "account discovery",
        "clean-up",
      ]),
    );
    const left = await fetch(`${baseUrl}/Users?count=0`, { headers: { authorization: `Bearer ${token}` } });
    expect(await left.json()).toMatchObject({ totalResults: 1 });
  });

  it("ends with 1 and a request to send again when the service refuses it", async () => {
    const { baseUrl } = await freshTarget();
    const { status, stdout } = await run("entra-sim", ["--url", baseUrl, "--token-stdin", "--users", "2"], {
      stdin: "wrong-token\n",
    });
    expect(status).toBe(1);
    expect(stdout).toContain('curl -i -X GET -H "Authorization: Bearer $TOKEN"');
    expect(stdout).not.toContain("wrong-token");
  });

  it.each([
    [["--url", "http://localhost:1/scim"], "Give a token"],
    [["--url", "not a web address", "--token", "t"], "This is no web address"],
    [["--url", "http://localhost:1/scim", "--token", "t", "--url-form", "F12"], "Expected one of F1"],
  ])("ends with 2 and says what is wrong with %j", async (args, complaint) => {
    const { status, stderr } = await run("entra-sim", args);
    expect(status).toBe(2);
    expect(stderr).toContain(complaint);
  });
});

describe("the command line of the gallery checks", () => {
  it("passes over HTTP", async () => {
    const { baseUrl, token } = await freshTarget();
    const { status, stdout, stderr } = await run("gallery-checks", ["--url", baseUrl, "--json"], { token });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ passed: true, authentication: "not-tried" });
  });

  it("ends with 1 and names every test for people when the service refuses it", async () => {
    const { baseUrl } = await freshTarget();
    const { status, stdout } = await run("gallery-checks", ["--url", baseUrl], { token: "wrong-token" });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}17 {2}SCIM_User_Create_Test: POST \/Users was answered with 401/m);
    expect(stdout).not.toContain("wrong-token");
  });
});
