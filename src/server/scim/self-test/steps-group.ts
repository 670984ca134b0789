import { isId } from "#server/kernel/ids";

import { checkCreated, checkEmptyList, checkOneHit } from "./checks";
import { filterQuery, groupMessage, patchMessage } from "./entra-messages";
import { failed } from "./finding";
import type { RunState, Step } from "./step";

/** How many entries a large batch has, about 190 kB: proxies that allow less than that break first cycles. */
const BATCH = 3_000;

const one = (state: RunState) => `/Groups/${state.groupId ?? ""}`;
const reference = (state: RunState) => ({ $ref: null, value: state.personId });
const membership = (state: RunState) =>
  `/Groups?${filterQuery(`id eq "${state.groupId}" and members eq "${state.personId}"`)}&attributes=id`;

/** A group, from its first day to its last member. */
export const groupSteps: readonly Step[] = [
  {
    id: "create-group",
    phase: "group",
    name: "Create a group",
    expected: 201,
    ask: ({ throwAway }) => ({
      method: "POST",
      target: "/Groups",
      body: groupMessage(throwAway.groupName, throwAway.externalId),
    }),
    check: (answer, state) => {
      const id = answer.json["id"];
      if (typeof id !== "string" || !isId(id)) return failed("not-json", "The answer has no id of a group.");
      state.groupId = id;
      return checkCreated(answer, state, "Groups");
    },
  },
  {
    id: "match-group",
    phase: "group",
    name: "Find the group by name",
    needs: "group",
    expected: 200,
    ask: (state) => ({
      method: "GET",
      target: `/Groups?excludedAttributes=members&${filterQuery(`displayName eq "${state.throwAway.groupName}"`)}`,
    }),
    check: (answer, state) => checkOneHit(answer, state.groupId),
  },
  {
    id: "add-member",
    phase: "group",
    name: "Add the person to the group",
    needs: "group",
    expected: 204,
    ask: (state) => ({
      method: "PATCH",
      target: one(state),
      body: patchMessage({ op: "Add", path: "members", value: [reference(state)] }),
    }),
  },
  {
    id: "check-member",
    after: ["add-member"],
    phase: "group",
    name: "Check that the person is in the group",
    needs: "group",
    expected: 200,
    ask: (state) => ({ method: "GET", target: membership(state) }),
    check: (answer, state) => checkOneHit(answer, state.groupId),
  },
  {
    id: "large-batch",
    after: ["add-member"],
    phase: "group",
    name: "Send a large batch of memberships",
    needs: "group",
    expected: 204,
    ask: (state) => ({
      method: "PATCH",
      target: one(state),
      body: patchMessage({
        op: "Add",
        path: "members",
        value: Array.from({ length: BATCH }, () => reference(state)),
      }),
    }),
  },
  {
    id: "remove-member",
    after: ["add-member"],
    phase: "group",
    name: "Remove the person from the group",
    needs: "group",
    expected: 204,
    ask: (state) => ({
      method: "PATCH",
      target: one(state),
      body: patchMessage({ op: "Remove", path: "members", value: [reference(state)] }),
    }),
  },
  {
    id: "check-no-member",
    after: ["remove-member"],
    phase: "group",
    name: "Check that the person has left the group",
    needs: "group",
    expected: 200,
    ask: (state) => ({ method: "GET", target: membership(state) }),
    check: checkEmptyList,
  },
];
