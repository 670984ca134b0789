import { describe, expect, it } from "vitest";

import {
  changeSource,
  EntraClient,
  exchange,
  makeSource,
  sendByHttp,
  type EntraConfig,
  type Json,
  type Send,
} from "../../../../tools/entra-sim/index";
import { ENTERPRISE, type Resource } from "../api";
import type { ProvisioningDoor } from "./provisioning";

/** Passes a request on or answers by itself. */
type Breakage = (request: Request, pass: Send) => Promise<Response>;

const scim = { "content-type": "application/scim+json" };
const isList = (request: Request) =>
  request.method === "GET" && /\/(Users|Groups)$/.test(new URL(request.url).pathname);
const filterOf = (request: Request) => new URL(request.url).searchParams.get("filter") ?? "";
const scimError = (status: number, detail: string) =>
  Response.json(
    { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status), detail },
    { status, headers: scim },
  );

/** Changes every resource in the answers to some requests. */
const editing =
  (edit: (resource: Resource) => Resource, when: (request: Request) => boolean = () => true): Breakage =>
  async (request, pass) => {
    const chosen = when(request);
    const answer = await pass(request);
    const text = await answer.text();
    if (!chosen || !text.startsWith("{")) return again(answer, text);
    const body = JSON.parse(text) as Resource;
    const edited = Array.isArray(body["Resources"])
      ? { ...body, Resources: (body["Resources"] as Resource[]).map(edit) }
      : "id" in body
        ? edit(body)
        : body;
    return again(answer, JSON.stringify(edited));
  };

const again = (answer: Response, text: string, headers: HeadersInit = answer.headers) =>
  new Response(answer.status === 204 ? null : text, { status: answer.status, headers });

/** Changes the body of a request on its way in. */
async function rewritten(request: Request, change: (text: string) => string): Promise<Request> {
  const body = change(await request.text());
  return new Request(request.url, { method: request.method, headers: request.headers, body });
}

/** The simulator itself: a strict client is only worth something when it finds what is wrong. */
export function simulatorSuite(door: ProvisioningDoor): void {
  const source = makeSource(6, 1);

  async function broken(breakage: Breakage, config: Partial<EntraConfig> = {}): Promise<EntraClient> {
    const target = await door.freshTarget();
    const pass = target.send ?? sendByHttp;
    return new EntraClient({
      ...target,
      dialect: "legacy",
      sleep: async () => {},
      ...config,
      send: (request) => breakage(request, pass),
    });
  }

  /** What two cycles with changes in between have to say against a service that is broken so. */
  async function complaints(breakage: Breakage, config: Partial<EntraConfig> = {}): Promise<string> {
    const entra = await broken(breakage, config);
    const said: string[] = [];
    for (const today of [source, changeSource(source)]) {
      const { failures, defects, quarantine } = await entra.runCycle(today);
      said.push(...failures.map(({ code, reason }) => `${code}: ${reason}`), ...defects);
      if (quarantine) said.push(`${quarantine.code}: ${quarantine.reason}`);
    }
    return said.join("\n");
  }

  it("lets the simulator find nothing in a service that is right", async () => {
    expect(await complaints((request, pass) => pass(request))).toBe("");
  });

  describe("the simulator names what is wrong with a service that", () => {
    it("returns the manager as text", async () => {
      const stringManager = editing((resource) => {
        const extension = resource[ENTERPRISE] as Resource | undefined;
        const manager = (extension?.["manager"] as Resource | undefined)?.["value"];
        return manager === undefined ? resource : { ...resource, [ENTERPRISE]: { ...extension, manager } };
      });
      expect(await complaints(stringManager)).toContain("ServiceIncompatible: manager is not an object");
    });

    it("returns members that were excluded, and is sent the dreaded replace", async () => {
      const showing = editing(
        (resource) => ({ ...resource, members: [] }),
        (request) => request.method === "GET" && request.url.includes("/Groups/"),
      );
      expect(await complaints(showing)).toContain("excludedAttributes=members was ignored");
      const entra = await broken(showing);
      await entra.runCycle(makeSource(6, 3));
      await entra.runCycle({
        ...makeSource(6, 3),
        groups: makeSource(8, 3).groups.map((group) => ({ ...group, memberIds: [source.users[5]!.id] })),
      });
      const replaced = entra.trace.filter(({ body }) =>
        /"op":"Replace","path":"members"/.test(JSON.stringify(body)),
      );
      expect(replaced.length).toBeGreaterThan(0);
    });

    it("answers 404 when a list is empty", async () => {
      const said = await complaints((request, pass) =>
        isList(request) ? Promise.resolve(scimError(404, "nobody")) : pass(request),
      );
      expect(said).toContain("EncounteredQuarantineException: GET /Users was answered with 404");
    });

    it("takes the text False for true", async () => {
      const said = await complaints(async (request, pass) =>
        request.method === "PATCH"
          ? pass(await rewritten(request, (text) => text.replaceAll('"value":"False"', '"value":true')))
          : pass(request),
      );
      expect(said).toContain("active was sent as false and came back as true");
    });

    it("returns the text False", async () => {
      const textual = editing((resource) => ({
        ...resource,
        active: resource["active"] === true ? "True" : "False",
      }));
      expect(await complaints(textual)).toContain("ServiceIncompatible: active is not a boolean");
    });

    it("redirects", async () => {
      const said = await complaints((request) =>
        Promise.resolve(new Response(null, { status: 308, headers: { location: `${request.url}/` } })),
      );
      expect(said).toContain("was answered with a redirect");
    });

    it("answers as application/json", async () => {
      const said = await complaints(async (request, pass) => {
        const answer = await pass(request);
        return again(answer, await answer.text(), { "content-type": "application/json" });
      });
      expect(said).toContain('was answered as "application/json"');
    });

    it("answers with a page for people", async () => {
      const said = await complaints(() =>
        Promise.resolve(new Response("<html>Welcome</html>", { headers: { "content-type": "text/html" } })),
      );
      expect(said).toContain('was answered as "text/html"');
    });

    it("finds somebody else, or several, when asked for an exact name", async () => {
      const wildcard: Breakage = (request, pass) =>
        pass(
          isList(request) && !/"[0-9a-f-]{36}"/.test(filterOf(request))
            ? new Request(
                request.url.replace(/\+eq\+/, "+sw+").replace(/(Person\.)\d+%40[^&]*?%22/, "$1%22"),
                request,
              )
            : request,
        );
      expect(await complaints(wildcard)).toMatch(
        /the filter userName eq "Person\.\d@.*" found a resource with "Person\.\d@/,
      );
      const target = await door.freshTarget();
      await new EntraClient({ ...target, dialect: "flag" }).runCycle(source);
      const pass = target.send ?? sendByHttp;
      const entra = new EntraClient({
        ...target,
        dialect: "flag",
        send: (request) => wildcard(request, pass),
      });
      const { failures } = await entra.runCycle(source);
      expect(failures[0]).toMatchObject({ code: "DuplicateTargetEntries" });
      expect(failures[0]!.reason).toContain("found 6 resources instead of one");
    });

    it("hides people from the filter and refuses to make them again", async () => {
      const target = await door.freshTarget();
      await new EntraClient({ ...target, dialect: "legacy" }).runCycle(source);
      const pass = target.send ?? sendByHttp;
      const hiding: Send = (request) =>
        isList(request) ? Promise.resolve(Response.json(EMPTY_LIST, { headers: scim })) : pass(request);
      const entra = new EntraClient({ ...target, dialect: "legacy", send: hiding });
      const { failures } = await entra.runCycle(source);
      expect(failures[0]).toMatchObject({ code: "EntryConflict" });
      expect(failures[0]!.reason).toContain("found nobody");
      expect(failures[0]!.replay).toContain("curl -i -X POST");
    });

    it("folds the case of names", async () => {
      const folding = editing((resource) =>
        "userName" in resource
          ? { ...resource, userName: String(resource["userName"]).toLowerCase() }
          : resource,
      );
      expect(await complaints(folding)).toContain('userName was sent as "Person.');
    });

    it("forgets an attribute, so that an idle cycle of a new job would write", async () => {
      const forgetful = editing(({ title: _title, ...resource }) => resource);
      expect(await complaints(forgetful)).toContain('title was sent as "Designer" and came back as null');
    });

    it.each<[string, (list: Resource) => Json, string]>([
      [
        "spells Resources small",
        ({ Resources, ...list }) => ({ ...list, resources: Resources! }),
        "Resources is missing",
      ],
      ["counts in words", (list) => ({ ...list, totalResults: "0" }), "totalResults is not an integer"],
      [
        "names another schema",
        (list) => ({ ...list, schemas: ["urn:list"] }),
        "the list has the wrong schema",
      ],
    ])("%s", async (_what, edit, complaint) => {
      const said = await complaints(async (request, pass) => {
        const answer = await pass(request);
        const text = await answer.text();
        return again(answer, isList(request) ? JSON.stringify(edit(JSON.parse(text) as Resource)) : text);
      });
      expect(said).toContain(complaint);
    });
  });

  describe("the simulator", () => {
    it("stops the whole job when the token is wrong, and goes on by itself once it is right", async () => {
      let token = "wrong";
      const entra = await broken(async (request, pass) => {
        const headers = new Headers(request.headers);
        if (token !== "") headers.set("authorization", `Bearer ${token}`);
        return pass(new Request(request, { headers }));
      });
      expect(await entra.runCycle(source)).toMatchObject({
        writes: 0,
        quarantine: { code: "EncounteredQuarantineException" },
      });
      token = "";
      expect(await entra.runCycle(source)).toMatchObject({ failures: [], quarantine: null });
    });

    it("tries a failed object again after 6 hours, a transient one in the next cycle", async () => {
      let status = 400;
      const entra = await broken(
        (request, pass) =>
          status > 0 && request.method === "POST" && request.url.endsWith("/Users")
            ? Promise.resolve(scimError(status, "not now"))
            : pass(request),
        { throttling: "next-cycle" },
      );
      const one = { users: source.users.slice(0, 1), groups: [] };
      const [{ id }] = one.users as [(typeof one.users)[0] & { id: string }];
      expect((await entra.runCycle(one)).failures).toMatchObject([{ code: "BadRequest" }]);
      expect(entra.minutesToRetry(id)).toBe(360);
      expect(await entra.runCycle(one)).toMatchObject({ reads: 2, writes: 0, failures: [] });
      entra.advance(360);
      status = 503;
      expect((await entra.runCycle(one)).failures).toMatchObject([{ code: "InternalServerError" }]);
      entra.advance(720);
      status = 0;
      expect(await entra.runCycle(one)).toMatchObject({ writes: 1, failures: [] });
      expect(entra.minutesToRetry(id)).toBeUndefined();
    });

    it("waits as Retry-After says, or leaves the object to the next cycle", async () => {
      const waits: number[] = [];
      const throttlingOnce = (): Breakage => {
        let refused = false;
        return async (request, pass) => {
          if (refused || request.method !== "POST") return pass(request);
          refused = true;
          const answer = scimError(429, "too fast");
          answer.headers.set("retry-after", "7");
          return answer;
        };
      };
      const one = { users: source.users.slice(0, 1), groups: [] };
      const patient = await broken(throttlingOnce(), { sleep: async (ms) => void waits.push(ms) });
      expect(await patient.runCycle(one)).toMatchObject({ failures: [] });
      expect(waits).toEqual([7000]);
      const hasty = await broken(throttlingOnce(), { throttling: "next-cycle" });
      expect((await hasty.runCycle(one)).failures).toMatchObject([{ code: "TooManyRequests" }]);
      expect(await hasty.runCycle(one)).toMatchObject({ writes: 1, failures: [] });
    });

    it.each(["fail", "rematch"] as const)(
      "meets a person who is gone from the service: %s",
      async (lostLinks) => {
        const target = await door.freshTarget();
        const entra = new EntraClient({ ...target, dialect: "legacy", lostLinks });
        const [user] = source.users;
        await entra.runCycle({ users: [user!], groups: [] });
        await exchange(target, "DELETE", `${target.baseUrl}/Users/${entra.targetId(user!.id)!}`);
        const { failures } = await entra.runCycle({ users: [{ ...user!, surname: "Gil" }], groups: [] });
        expect(failures.map(({ code }) => code)).toEqual(lostLinks === "fail" ? ["InvalidAnchor"] : []);
      },
    );

    it("counts a lost connection as a failure of the object, not of the job", async () => {
      const entra = await broken((request, pass) =>
        request.method === "POST" ? Promise.reject(new Error("socket hang up")) : pass(request),
      );
      const { failures, quarantine } = await entra.runCycle({ users: source.users.slice(0, 1), groups: [] });
      expect(failures).toMatchObject([{ code: "Timeout" }]);
      expect(quarantine).toBeNull();
    });
  });
}

const EMPTY_LIST = {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: 0,
  startIndex: 1,
  itemsPerPage: 0,
  Resources: [],
};
