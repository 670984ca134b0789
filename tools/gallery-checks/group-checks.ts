import { textOf, type EntraSource } from "../entra-sim/index";
import type { Check, Stage } from "./check";
import { inBothDialects } from "./play";
import { require, type Resource } from "./service";

const findGroup = (source: EntraSource) => `displayName eq ${JSON.stringify(source.groups[0]!.displayName)}`;

export const GROUP_CHECKS: readonly Check[] = [
  {
    number: 8,
    name: "Create_Group_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 1, async ({ source, cycle }) => {
        await cycle(source);
        require((await stage.service.count("Groups", findGroup(source))) ===
          1, "the created group is not found");
      }),
  },
  {
    number: 9,
    name: "Update_Group_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 1, async ({ source, cycle, group }) => {
        await cycle(source);
        const displayName = `${source.groups[0]!.displayName} renamed`;
        await cycle({ ...source, groups: [{ ...source.groups[0]!, displayName }] });
        const { displayName: name, members } = await group();
        require(name === displayName, "displayName has not changed");
        require((members as Resource[]).length === 2, "the renamed group has lost members");
      }),
  },
  {
    number: 10,
    name: "Delete_Group_Test",
    mandatory: false,
    run: (stage) =>
      inBothDialects(stage, 1, async ({ source, cycle }) => {
        await cycle(source);
        await cycle({ ...source, groups: [] });
        require((await stage.service.count("Groups", findGroup(source))) ===
          0, "the deleted group is still found");
      }),
  },
  {
    number: 11,
    name: "Group_Update_Add_Member_Test",
    mandatory: true,
    run: (stage) =>
      membership(
        stage,
        ([first]) => [first!],
        (ids) => ids,
        "added",
      ),
  },
  {
    number: 12,
    name: "Group_Update_Remove_Member_Test",
    mandatory: true,
    run: (stage) =>
      membership(
        stage,
        (ids) => ids,
        (ids) => ids.slice(0, 2),
        "removed",
      ),
  },
  {
    number: 13,
    name: "POD_Group_Test",
    mandatory: true,
    run: (stage) =>
      inBothDialects(stage, 1, async ({ entra, source, cycle, group }) => {
        await cycle({ ...source, groups: [] });
        await entra.provisionGroupOnDemand(source.groups[0]!);
        require(((await group())["members"] as Resource[]).length === 2, "the group has not its two members");
      }),
  },
  {
    number: 14,
    name: "Restore_Group_Test",
    mandatory: false,
    run: (stage) =>
      inBothDialects(stage, 1, async ({ source, cycle }) => {
        await cycle(source);
        await cycle({ ...source, groups: [] });
        await cycle(source);
        require((await stage.service.count("Groups", findGroup(source))) ===
          1, "the group has not come back");
      }),
  },
];

/** Membership before and after, read back whole. */
function membership(
  stage: Stage,
  before: (ids: readonly string[]) => readonly string[],
  after: (ids: readonly string[]) => readonly string[],
  what: string,
): Promise<string> {
  return inBothDialects(stage, 1, async ({ entra, source, cycle, group }) => {
    const ids = source.users.map(({ id }) => id);
    for (const wanted of [before(ids), after(ids)]) {
      await cycle({ ...source, groups: [{ ...source.groups[0]!, memberIds: wanted }] });
      const members = ((await group())["members"] as Resource[]).map(({ value }) => textOf(value)).sort();
      const expected = wanted.map((id) => textOf(entra.targetId(id))).sort();
      require(JSON.stringify(members) === JSON.stringify(expected), `the member was not ${what}`);
    }
  });
}
