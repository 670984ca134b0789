import { isId } from "#server/kernel/ids";

import { checkCreated, checkOneHit, checkValues } from "./checks";
import { ENTERPRISE_USER, filterQuery, patchMessage, userMessage } from "./entra-messages";
import { failed } from "./finding";
import type { RunState, Step } from "./step";

const FLAG = "aadOptscim062020";

const match = ({ throwAway }: RunState) => filterQuery(`userName eq "${throwAway.userName}"`);
const one = (state: RunState) => `/Users/${state.personId ?? ""}`;

function spelling(id: string, name: string, target: (state: RunState) => string): Step {
  return {
    id,
    phase: "spelling",
    name,
    needs: "person",
    lenient: true,
    expected: 200,
    ask: (state) => ({ method: "GET", target: target(state) }),
    check: (answer, state) => checkOneHit(answer, state.personId),
  };
}

/** From the first day to changed details, and the ways in which a tenant URL with a flag may arrive. */
export const personSteps: readonly Step[] = [
  {
    id: "create-person",
    phase: "person",
    name: "Create a person",
    expected: 201,
    ask: ({ throwAway }) => ({ method: "POST", target: "/Users", body: userMessage(throwAway) }),
    check: (answer, state) => {
      const id = answer.json["id"];
      if (typeof id !== "string" || !isId(id)) return failed("not-json", "The answer has no id of a person.");
      state.personId = id;
      return checkCreated(answer, state, "Users");
    },
  },
  {
    id: "match-person",
    phase: "person",
    name: "Find the person by user name",
    needs: "person",
    expected: 200,
    ask: (state) => ({ method: "GET", target: `/Users?${match(state)}` }),
    check: (answer, state) => checkOneHit(answer, state.personId),
  },
  {
    id: "read-person",
    phase: "person",
    name: "Read the person",
    needs: "person",
    expected: 200,
    ask: (state) => ({ method: "GET", target: one(state) }),
    check: (answer, { throwAway }) =>
      checkValues(answer, { userName: throwAway.userName, externalId: throwAway.externalId, active: true }),
  },
  {
    id: "update-legacy",
    phase: "person",
    name: "Change the person, as Entra does without the flag",
    needs: "person",
    expected: 200,
    ask: (state) => ({
      method: "PATCH",
      target: one(state),
      body: patchMessage(
        { op: "Replace", path: "name.familyName", value: "Chalkroom (changed)" },
        { op: "Add", path: `${ENTERPRISE_USER}:department`, value: "Self-test, changed" },
      ),
    }),
  },
  {
    id: "update-flag",
    phase: "person",
    name: "Change the person, as Entra does with the flag",
    needs: "person",
    expected: 200,
    ask: (state) => ({
      method: "PATCH",
      target: one(state),
      body: patchMessage(
        { op: "replace", path: 'emails[type eq "work"].value', value: `changed-${state.throwAway.userName}` },
        { op: "replace", value: { title: "Changed", "name.givenName": "Changed" } },
      ),
    }),
  },
  {
    id: "read-changes",
    after: ["update-legacy", "update-flag"],
    phase: "person",
    name: "Read the changes back",
    needs: "person",
    expected: 200,
    ask: (state) => ({ method: "GET", target: one(state) }),
    check: (answer, { throwAway }) =>
      checkValues(answer, {
        title: "Changed",
        "name givenName": "Changed",
        "name familyName": "Chalkroom (changed)",
        "emails 0 value": `changed-${throwAway.userName}`,
        [`${ENTERPRISE_USER} department`]: "Self-test, changed",
      }),
  },
  spelling(
    "spelling-flag",
    "Find the person, with the flag in the query",
    (s) => `/Users?${FLAG}&${match(s)}`,
  ),
  spelling(
    "spelling-after",
    "Find the person, with the path after the flag",
    (s) => `/?${FLAG}/Users?${match(s)}`,
  ),
  spelling("spelling-double", "Find the person, with a doubled slash", (s) => `//Users?${match(s)}`),
  spelling("spelling-slash", "Find the person, with a slash at the end", (s) => `/Users/?${match(s)}`),
];

/** Cut off, let in again, gone. */
export const leavingSteps: readonly Step[] = [
  {
    id: "deactivate",
    phase: "leaving",
    name: "Deactivate the person",
    needs: "person",
    expected: 200,
    ask: (state) => ({
      method: "PATCH",
      target: one(state),
      body: patchMessage({ op: "Replace", path: "active", value: "False" }),
    }),
    check: (answer) => checkValues(answer, { active: false }),
  },
  {
    id: "read-inactive",
    after: ["deactivate"],
    phase: "leaving",
    name: "Read that the person is inactive",
    needs: "person",
    expected: 200,
    ask: (state) => ({ method: "GET", target: one(state) }),
    check: (answer) => checkValues(answer, { active: false }),
  },
  {
    id: "restore",
    after: ["deactivate"],
    phase: "leaving",
    name: "Let the person in again",
    needs: "person",
    expected: 200,
    ask: (state) => ({
      method: "PATCH",
      target: one(state),
      body: patchMessage({ op: "replace", value: { active: true } }),
    }),
    check: (answer) => checkValues(answer, { active: true }),
  },
  {
    id: "delete-group",
    phase: "leaving",
    name: "Delete the group",
    needs: "group",
    expected: 204,
    ask: (state) => ({ method: "DELETE", target: `/Groups/${state.groupId ?? ""}` }),
  },
  {
    id: "delete-person",
    phase: "leaving",
    name: "Delete the person",
    needs: "person",
    expected: 204,
    ask: (state) => ({ method: "DELETE", target: one(state) }),
  },
  {
    id: "read-deleted",
    after: ["delete-person"],
    phase: "leaving",
    name: "Hear that the person is gone",
    needs: "person",
    expected: 404,
    ask: (state) => ({ method: "GET", target: one(state) }),
  },
];
