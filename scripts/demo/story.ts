import { openBoardSocket } from "../../tests/support/board-socket";
import {
  EntraClient,
  sendByHttp,
  type Dialect,
  type EntraSource,
  type Exchange,
  type Json,
} from "../../tools/entra-sim/index";
import type { TestIdp } from "../../tests/support/idp/index";
import { signInFromTile } from "./browser";
import { ANA, AURORA, BO, CHIDI, DESIGN } from "./people";

export interface Stage {
  readonly baseUrl: string;
  readonly idp: TestIdp;
  readonly acsUrl: string;
  readonly scim: { readonly baseUrl: string; readonly token: string };
  /** The board on which the cut-off is shown. */
  readonly boardId: string;
  readonly say: (line: string) => void;
}

export interface Outcome {
  /** Milliseconds from sending the PATCH to the closed socket. */
  readonly cutOffMs: number;
}

/** A demonstration that shows something else than it says is worse than none. */
function check(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`The demo expected this, and it is not so: ${claim}`);
}

/** One line a request: what went out, what came back. */
function line({ method, url, body, status, answer, ms }: Exchange): string {
  const { pathname, search } = new URL(url);
  const path = pathname.replace("/public-api/scim-v2", "") + decodeURIComponent(search.replaceAll("+", " "));
  const operations = (body as { Operations?: Json } | undefined)?.Operations;
  const sent = operations === undefined ? "" : `\n           ${JSON.stringify(operations)}`;
  const total = (answer as { totalResults?: number } | undefined)?.totalResults;
  const got = total === undefined ? "" : `, ${total} found`;
  return `    ${method.padEnd(6)} ${path}  → ${status}${got}  (${Math.round(ms)} ms)${sent}`;
}

/**
 * Plays a company's first weeks with Chalkroom: what Entra's provisioning service sends, in its order, its
 * wording and its dialect, and what it does to the people.
 * @throws Error when the server does anything but what the sentences say.
 */
export async function playStory(stage: Stage): Promise<Outcome> {
  const { idp, acsUrl, scim, say } = stage;
  let disabledAt = NaN;
  const makeJob = (dialect: Dialect) =>
    new EntraClient({
      ...scim,
      dialect,
      checkMemberships: true,
      async send(request) {
        const body = await request.clone().text();
        if (request.method === "PATCH" && /"active","value":false/.test(body)) disabledAt = performance.now();
        return sendByHttp(request);
      },
    });
  let client = makeJob("flag");
  let shown = 0;
  const showTrace = () => {
    for (const entry of client.trace.slice(shown)) say(line(entry));
    shown = client.trace.length;
  };
  async function cycle(sentence: string, source: EntraSource): Promise<number> {
    say(`\n${sentence}`);
    const { failures, defects, quarantine, writes } = await client.runCycle(source);
    showTrace();
    const complaints = [...failures, ...defects, ...(quarantine ? [quarantine] : [])];
    check(complaints.length === 0, `every object is provisioned (${JSON.stringify(complaints)})`);
    return writes;
  }
  const signIn = (userName: string) => signInFromTile(idp, acsUrl, userName);

  say("\nBo is early: he signs in from his My Apps tile before anybody has provisioned him.");
  const bo = await signIn(BO.userPrincipalName);
  check(bo.cookie !== null, "Bo gets in as a just-in-time member");
  say(`    SAML response → ${bo.location}, signed in as a new member`);

  say("\nThe administrator presses “Test Connection” in Entra.");
  await client.testConnection();
  showTrace();

  const everybody: EntraSource = { users: [ANA, BO, CHIDI], groups: [DESIGN, AURORA] };
  await cycle(
    "The first cycle: Ana and Chidi are made, Bo is found and linked, groups are filled.",
    everybody,
  );
  const idle = await cycle("Forty minutes later nothing has changed: Entra only knocks.", everybody);
  check(idle === 0, "nothing is written");

  const married = { ...ANA, surname: "Ruiz-Gil", jobTitle: null, mail: "ana.ruiz-gil@contoso.example" };
  await cycle("Ana has a new surname and address, and no title any more (for which Entra sends nothing).", {
    ...everybody,
    users: [married, BO, CHIDI],
  });
  await cycle("Ana leaves the group “Design team”.", {
    users: [married, BO, CHIDI],
    groups: [{ ...DESIGN, memberIds: [BO.id] }, AURORA],
  });

  await cycle("The next day she is in it again.", { ...everybody, users: [married, BO, CHIDI] });

  say("\nAna signs in and opens a board.");
  const ana = await signIn(ANA.userPrincipalName);
  check(ana.cookie !== null, "Ana gets in");
  const cookie = ana.cookie!;
  const socket = await openBoardSocket({ baseUrl: stage.baseUrl, boardId: stage.boardId, cookie });
  const seq = await socket.push([
    [
      "anas-note",
      {
        kind: "note",
        z: "b0z",
        g: [1410, 540, 180, 180],
        hue: "violet",
        text: "Ana was here, and what she wrote stays.",
      },
    ],
  ]);
  say(`    her note is stored as change ${seq} of the board`);

  const source = (enabled: boolean, users = [{ ...married, enabled }, BO, CHIDI]): EntraSource => ({
    users,
    groups: [DESIGN, AURORA],
  });
  await cycle("Ana is unassigned in Entra while she is drawing.", source(false));
  const { code, at } = await socket.closed;
  const cutOffMs = at - disabledAt;
  check(code === 4403, `her socket is closed with 4403 (${code})`);
  check(cutOffMs > 0 && cutOffMs < 1000, `that took less than a second (${cutOffMs} ms)`);
  const snapshot = await fetch(`${stage.baseUrl}/api/board/${stage.boardId}/snapshot`, {
    headers: { cookie },
  });
  check(snapshot.status === 401, `her next request is answered with 401 (${snapshot.status})`);
  const refused = await signIn(ANA.userPrincipalName);
  check(refused.cookie === null, "her next sign-in is refused");
  say(`    her socket was closed with ${code}, ${cutOffMs.toFixed(1)} ms after Entra sent the PATCH`);
  say(`    her next request → ${snapshot.status}; her next sign-in → ${refused.location}`);

  await cycle(
    "Ana is assigned again: the same member, with her role, her group and her boards.",
    source(true),
  );
  const back = await signIn(ANA.userPrincipalName);
  check(back.cookie !== null, "Ana gets in again");
  say(`    SAML response → ${back.location}, signed in`);

  client = makeJob("legacy");
  shown = 0;
  const rewritten = await cycle(
    "The provisioning job is made anew, this time without the flag in its URL. It finds everything as it should be.",
    source(true),
  );
  check(rewritten === 0, "the new job has nothing to write");

  await cycle(
    "Chidi's contract ends, told in Entra's older dialect: first disabled …",
    source(true, [married, BO, { ...CHIDI, enabled: false }]),
  );
  await cycle("… and thirty days later deleted for good. His project's group goes with him.", {
    users: [married, BO],
    groups: [DESIGN],
  });
  const gone = await signIn(CHIDI.userPrincipalName);
  check(gone.cookie === null, "a deleted person cannot come back by signing in");
  say(`    his next sign-in → ${gone.location}`);
  return { cutOffMs };
}
