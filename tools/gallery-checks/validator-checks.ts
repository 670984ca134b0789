import { patchMessage, textOf, type Json } from "../entra-sim/index";
import { strictError, strictList } from "../entra-sim/strict-answer";
import type { Check, Stage } from "./check";
import { schemasIn } from "./discovery";
import { GROUP, require, USER, type Resource } from "./service";

const body = (unique: string, more: Resource = {}): Resource => ({
  schemas: [USER],
  userName: `validator-${unique}@contoso.example`,
  ...more,
});

/** A user with these values, and how it is after some operations. */
async function afterPatch({ service, unique }: Stage, more: Resource, operations: Json[]): Promise<Resource> {
  const user = await service.create("Users", body(unique(), more));
  await service.expect([200, 204], "PATCH", `/Users/${textOf(user["id"])}`, patchMessage(operations));
  return service.get(`/Users/${textOf(user["id"])}`);
}

const check = (name: string, run: Check["run"]): Check => ({ number: "W", name, mandatory: true, run });

/** What Microsoft's web validator sends beyond the 25 tests, and the oddities it is known for. */
export const VALIDATOR_CHECKS: readonly Check[] = [
  check("An empty list of operations changes nothing", async (stage) => {
    const user = await afterPatch(stage, { title: "Kept" }, []);
    require(user["title"] === "Kept", "title is gone");
    return "accepted";
  }),
  check("Addresses of type home and other, display and primary are taken by value paths", async (stage) => {
    const email = (type: string) => `emails[type eq "${type}"]`;
    const user = await afterPatch(
      stage,
      { emails: [{ type: "work", value: "w@contoso.example", primary: true }] },
      [
        { op: "add", path: `${email("home")}.value`, value: "h@contoso.example" },
        { op: "add", path: `${email("other")}.value`, value: "o@contoso.example" },
        { op: "replace", path: `${email("work")}.display`, value: "Work" },
        { op: "replace", path: `${email("home")}.primary`, value: true },
      ],
    );
    const emails = user["emails"] as Resource[];
    require(emails.length === 3, `there are ${emails.length} addresses instead of 3`);
    const primary = emails.filter((one) => one["primary"] === true).map((one) => one["type"]);
    require(primary.length === 1 && primary[0] === "home", `primary are ${JSON.stringify(primary)}`);
    return "three addresses, exactly one primary";
  }),
  check("Published schemas leave out what the validator rejects", async ({ service }) => {
    const user = schemasIn(await service.get("/Schemas")).find(({ id }) => id === USER);
    require(user !== undefined, "there is no User schema");
    require(!user.attributes.some(({ name }) => name === "password"), "password is published");
    const emails = user.attributes.find(({ name }) => name === "emails")?.subAttributes ?? [];
    require(!emails.some(({ name }) => name === "display"), "emails.display is published");
    return "no password, no emails.display";
  }),
  check("Removing a required attribute is refused with a SCIM error", async ({ service, unique }) => {
    const user = await service.create("Users", body(unique()));
    const path = `/Users/${textOf(user["id"])}`;
    const entry = await service.expect(
      [400],
      "PATCH",
      path,
      patchMessage([{ op: "remove", path: "userName" }]),
    );
    strictError(entry.answer, 400);
    require((await service.get(path))["userName"] === user["userName"], "userName has changed", entry);
    return "400; Microsoft documents this failure as one to ignore";
  }),
  check("Removing optional attributes and elements works", async (stage) => {
    const user = await afterPatch(
      stage,
      { title: "Gone", displayName: "Gone", emails: [{ type: "work", value: "w@contoso.example" }] },
      [
        { op: "remove", path: "title" },
        { op: "remove", path: "displayName" },
        { op: "remove", path: 'emails[type eq "work"]' },
      ],
    );
    const left = ["title", "displayName", "emails"].filter((name) => user[name] !== undefined);
    require(left.length === 0, `still there: ${left.join(", ")}`);
    return "removed";
  }),
  check("A time zone without meaning is stored as it comes", async (stage) => {
    const user = await afterPatch(stage, {}, [{ op: "add", path: "timezone", value: "QWXZ12" }]);
    require(user["timezone"] === "QWXZ12", "timezone came back changed");
    return "stored";
  }),
  check(
    "A second user of the same name is a conflict, in any case of letters",
    async ({ service, unique }) => {
      const user = await service.create("Users", body(unique()));
      const again = { schemas: [USER], userName: textOf(user["userName"]).toUpperCase() };
      const entry = await service.expect([409], "POST", "/Users", again);
      require(strictError(entry.answer, 409).scimType === "uniqueness", "scimType is not uniqueness", entry);
      return "409 uniqueness";
    },
  ),
  check("A query that finds nobody is answered with an empty list", async ({ service, unique }) => {
    for (const [plural, attribute] of [
      ["Users", "userName"],
      ["Groups", "displayName"],
    ] as const) {
      const filter = encodeURIComponent(`${attribute} eq "${unique()}"`);
      const entry = await service.expect([200], "GET", `/${plural}?filter=${filter}`);
      const { total, resources } = strictList(entry.answer, plural === "Users" ? "User" : "Group");
      require(total === 0 && resources.length === 0, "somebody was found", entry);
      require((entry.headers.get("content-type") ?? "").startsWith(
        "application/scim+json",
      ), "not answered as application/scim+json", entry);
    }
    return "200 with no resources";
  }),
  check("A group is replaced, emptied and read without its members", async ({ service, unique }) => {
    const user = await service.create("Users", body(unique()));
    const group = await service.create("Groups", {
      schemas: [GROUP],
      displayName: `Validator ${unique()}`,
      members: [{ value: user["id"]! }],
    });
    const path = `/Groups/${textOf(group["id"])}`;
    require(!("members" in (await service.get(`${path}?excludedAttributes=members`))), "members came back");
    await service.expect(
      [200, 204],
      "PATCH",
      path,
      patchMessage([{ op: "replace", path: "members", value: [] }]),
    );
    require((((await service.get(path))["members"] ?? []) as Json[]).length ===
      0, "the group still has members");
    return "emptied";
  }),
  check("The flagged tenant URL may be pasted as it is", async ({ service }) => {
    await service.expect([200], "GET", "/?aadOptscim062020/Schemas");
    await service.expect([200], "GET", '/?aadOptscim062020/Users?filter=userName+eq+"nobody"');
    return "the path behind the flag is found";
  }),
];
