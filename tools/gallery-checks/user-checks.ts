import type { EntraSource, SourceUser } from "../entra-sim/index";
import type { Check } from "./check";
import { inBothDialects } from "./play";
import { ENTERPRISE, require, type Resource } from "./service";

/** The source with the second person changed. */
function withPerson(source: EntraSource, change: Partial<SourceUser>): EntraSource {
  return {
    ...source,
    users: source.users.map((user, index) => (index === 1 ? { ...user, ...change } : user)),
  };
}

const withoutPerson = (source: EntraSource): EntraSource => ({
  users: source.users.filter((_, index) => index !== 1),
  groups: source.groups.map((group) => ({ ...group, memberIds: [source.users[0]!.id] })),
});

const findPerson = (source: EntraSource) =>
  `userName eq ${JSON.stringify(source.users[1]!.userPrincipalName)}`;
export const USER_CHECKS: readonly Check[] = [
  {
    number: 1,
    name: "Create_User_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 0, async ({ source, cycle }) => {
        await cycle(source);
        require((await stage.service.count("Users", findPerson(source))) ===
          1, "the created user is not found");
      }),
  },
  {
    number: 2,
    name: "Update_User_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 0, async ({ source, cycle, user }) => {
        await cycle(source);
        await cycle(withPerson(source, { jobTitle: "Engineer", department: "Space" }));
        const changed = await user();
        require(changed["title"] === "Engineer", "title has not changed");
        require((changed[ENTERPRISE] as Resource)["department"] === "Space", "department has not changed");
      }),
  },
  {
    number: 3,
    name: "Disable_User_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 0, async ({ source, cycle, user }) => {
        await cycle(source);
        await cycle(withPerson(source, { enabled: false }));
        require((await user())["active"] === false, "the disabled user is not active: false");
        require((await stage.service.count("Users", findPerson(source))) ===
          1, "the disabled user is hidden");
      }),
  },
  {
    number: 4,
    name: "Delete_User_Test",
    mandatory: false,
    run: (stage) =>
      inBothDialects(stage, 0, async ({ entra, source, cycle }) => {
        await cycle(source);
        const id = entra.targetId(source.users[1]!.id)!;
        await cycle(withPerson(source, { enabled: false }));
        await cycle(withoutPerson(source));
        await stage.service.expect([404], "GET", `/Users/${id}`);
        require((await stage.service.count("Users", findPerson(source))) ===
          0, "the deleted user is still found");
      }),
  },
  {
    number: 5,
    name: "User_Update_Manager_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 0, async ({ entra, source, cycle, user }) => {
        const managerOf = async () =>
          (((await user())[ENTERPRISE] as Resource | undefined)?.["manager"] as Resource | undefined)?.[
            "value"
          ];
        const [first, , third] = source.users.map(({ id }) => id);
        await cycle(withPerson(source, { managerId: first! }));
        require((await managerOf()) === entra.targetId(first!), "the manager was not set");
        await cycle(withPerson(source, { managerId: third! }));
        require((await managerOf()) === entra.targetId(third!), "the manager was not changed");
        await cycle(withPerson(source, { managerId: null }));
        require((await managerOf()) === undefined, "the manager was not removed");
      }),
  },
  {
    number: 6,
    name: "Restore_User_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 0, async ({ entra, source, cycle, user }) => {
        await cycle(source);
        const id = entra.targetId(source.users[1]!.id);
        await cycle(withPerson(source, { assigned: false }));
        require((await user())["active"] === false, "the unassigned user is still active");
        await cycle(source);
        require((await user())["active"] === true, "the user is not active again");
        require(entra.targetId(source.users[1]!.id) === id, "the restored user has another id");
      }),
  },
  {
    number: 7,
    name: "POD_User_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 0, async ({ entra, source }) => {
        await entra.provisionUserOnDemand(source.users[1]!);
        require((await stage.service.count("Users", findPerson(source))) === 1, "the user is not found");
      }),
  },
];
