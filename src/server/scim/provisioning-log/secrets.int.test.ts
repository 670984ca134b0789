import { Writable } from "node:stream";

import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";

import { call, newUser, patch } from "../../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../../tests/support/database";
import { db } from "#server/db/index";
import { clearProcessSlot, processSlot } from "#server/kernel/slot";

import { issueSelfTestToken } from "../credentials/self-test-token";
import { disableScim, enableScim, handleScim, rotateToken } from "../index";
import { flushProvisioningLog } from "./log-writer";
import { readPulse } from "./read-activity";
import { useLoggedConnection } from "./testing/logged-connection";

useTestDatabase();

const { api, written, lastWritten, scope, target, cli, useToken } = useLoggedConnection();

describe("tokens", () => {
  it("of strangers leave nothing, for there is no workspace to tell", async () => {
    const { baseUrl } = target();
    const headers = { authorization: "Bearer chalk_scim_nobodyshouldhavethis" };
    expect((await handleScim(new Request(`${baseUrl}/Users`, { headers }))).status).toBe(401);
    await flushProvisioningLog();
    expect(await db().scimExchange.count()).toBe(0);
  });

  it("that were replaced are told to the workspace they belonged to, and the connection is failing", async () => {
    const { baseUrl, token } = target();
    await call(api, "GET", "/Users?count=1");
    await flushProvisioningLog();
    expect(await readPulse(scope())).toMatchObject({ health: "connected", errorsLastDay: 0 });
    const fresh = await rotateToken(scope(), cli());
    const headers = { authorization: `Bearer ${token}` };
    expect((await handleScim(new Request(`${baseUrl}/Users`, { headers }))).status).toBe(401);
    expect(await lastWritten()).toMatchObject({ action: "token.refused", outcome: "refused", status: 401 });
    expect(await readPulse(scope())).toMatchObject({ health: "failing", errorsLastDay: 1 });
    useToken(fresh.token);
    await call(api, "GET", "/Users?count=1");
    await flushProvisioningLog();
    expect(await readPulse(scope())).toMatchObject({ health: "connected", errorsLastDay: 1 });
  });

  it("that come while SCIM is off are told as well", async () => {
    await disableScim(scope(), cli());
    await call(api, "GET", "/Users");
    await enableScim(scope(), cli());
    expect(await lastWritten()).toMatchObject({ outcome: "refused", status: 403, action: "users.listed" });
  });

  it("of the self-test write to the log, and are no sign of life of the identity provider", async () => {
    const { token, end } = await issueSelfTestToken(scope(), cli());
    const { baseUrl } = target();
    await handleScim(
      new Request(`${baseUrl}/Users?count=1`, { headers: { authorization: `Bearer ${token}` } }),
    );
    await end();
    expect(await lastWritten()).toMatchObject({ tokenKind: "self_test", action: "users.listed" });
    expect(await readPulse(scope())).toMatchObject({ health: "waiting", lastRequestAt: null });
  });
});

describe("secrets", () => {
  afterEach(() => clearProcessSlot("logger"));

  it("reach no row and no line of the process log", async () => {
    const lines: string[] = [];
    clearProcessSlot("logger");
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    // Without the logger's own redaction: what is not handed over cannot slip through it.
    processSlot("logger", () => pino({ level: "trace" }, stream));
    const secret = "Correct-Horse-9";
    const user = await newUser(api, { password: secret });
    const path = `/Users/${String(user["id"])}`;
    await patch(api, path, { op: "replace", path: "password", value: secret });
    await patch(api, path, { op: "Add", value: { password: secret, apiToken: secret } });
    await patch(api, path, { op: "add", path: `x[password eq "${secret}"].value`, value: secret });
    await call(api, "GET", `/Users?access_token=${secret}&filter=password+eq+%22${secret}%22`);
    await call(api, "POST", "/Users/.search", { filter: `password eq "${secret}"` });
    await call(api, "POST", "/Users", { userName: target().token, displayName: `Bearer ${secret}` });
    await flushProvisioningLog();
    const rows = await db().scimExchange.findMany();
    expect(rows).toHaveLength(7);
    const everything = JSON.stringify(rows) + lines.join("");
    expect(lines.length).toBeGreaterThanOrEqual(7);
    expect(everything).toContain("[secret]");
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(target().token);
  });
});

describe("what PostgreSQL cannot store", () => {
  it("loses its unstorable characters, and takes no other row with it", async () => {
    await call(api, "GET", "/Users?filter=userName+eq+%22a%00b%22");
    await call(api, "GET", "/Users/%00");
    await call(api, "GET", "/ServiceProviderConfig");
    expect((await written()).map((entry) => entry.status)).toEqual([400, 404, 200]);
  });
});
