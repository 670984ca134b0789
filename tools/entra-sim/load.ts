import { randomBytes } from "node:crypto";

import { addMembersPatch, attributePatch } from "./dialect";
import { createBody, GROUP_SCHEMA, type SourceUser } from "./mapping";
import { makeRandom } from "./random";
import { makeSource } from "./sample-source";
import { filterQuery } from "./url-forms";
import { exchange, textOf, toCurl, type Exchange, type Json, type ScimTarget } from "./wire";

export interface LoadResult {
  readonly requests: number;
  readonly throttled: number;
  readonly errors: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly requestsPerSecond: number;
  /** The first request that was answered with neither success nor 429. */
  readonly firstError: string | null;
  readonly byKind: Readonly<Record<string, number>>;
}

const PEOPLE = 50;

/**
 * Sends a mix as of many provisioning jobs at a steady rate, whether or not the answers keep up, and measures from
 * the moment at which a request was due. Deletes what it made.
 */
export async function runLoad(
  target: ScimTarget,
  options: { readonly rate: number; readonly seconds: number; readonly seed: number },
): Promise<LoadResult> {
  const mix = await prepareMix(target, options.seed);
  const outcomes: { entry: Exchange | null; kind: string; ms: number }[] = [];
  const pending: Promise<void>[] = [];
  const total = options.rate * options.seconds;
  const startedAt = performance.now();
  for (let index = 0; index < total; index++) {
    const dueAt = startedAt + (index * 1000) / options.rate;
    const wait = dueAt - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const { kind, send } = mix.next();
    const settle = (entry: Exchange | null) =>
      void outcomes.push({ entry, kind, ms: performance.now() - dueAt });
    pending.push(send().then(settle, () => settle(null)));
  }
  await Promise.all(pending);
  const seconds = (performance.now() - startedAt) / 1000;
  await mix.cleanUp();
  return summarize(outcomes, seconds);
}

interface Mix {
  next(): { kind: string; send: () => Promise<Exchange> };
  cleanUp(): Promise<void>;
}

/** 40 % match, 25 % read, 20 % change, 10 % membership, 5 % create. */
async function prepareMix(target: ScimTarget, seed: number): Promise<Mix> {
  const random = makeRandom(seed);
  const call = (method: string, path: string, body?: Json) =>
    exchange(target, method, `${target.baseUrl}${path}`, body);
  const { users } = makeSource(PEOPLE, 0, { tag: randomBytes(2).toString("hex") });
  const made: string[] = [];
  const people: { id: string; user: SourceUser }[] = [];
  const idOf = (entry: Exchange) => textOf((entry.answer as { id?: Json } | undefined)?.id);
  const create = async (user: SourceUser) => {
    const entry = await call("POST", "/Users", createBody(user));
    if (entry.status === 201) made.push(`/Users/${idOf(entry)}`);
    return entry;
  };
  for (const user of users) people.push({ id: idOf(await create(user)), user });
  const displayName = `Load ${users[0]!.userPrincipalName}`;
  const group = idOf(await call("POST", "/Groups", { schemas: [GROUP_SCHEMA], displayName }));
  made.push(`/Groups/${group}`);
  let count = 0;
  const next = () => {
    const dice = random();
    const { id, user } = people[Math.floor(random() * people.length)]!;
    const number = ++count;
    if (dice < 0.4) {
      const query = filterQuery(`userName eq ${JSON.stringify(user.userPrincipalName)}`);
      return { kind: "match", send: () => call("GET", `/Users?${query}`) };
    }
    if (dice < 0.65) return { kind: "read", send: () => call("GET", `/Users/${id}`) };
    if (dice < 0.85) {
      const change = { path: "title", value: `Title ${number}`, present: true };
      return { kind: "change", send: () => call("PATCH", `/Users/${id}`, attributePatch("flag", [change])) };
    }
    if (dice < 0.95) {
      return {
        kind: "membership",
        send: () => call("PATCH", `/Groups/${group}`, addMembersPatch("legacy", [id])),
      };
    }
    const fresh = {
      ...user,
      id: `${user.id}-${number}`,
      userPrincipalName: `${number}.${user.userPrincipalName}`,
    };
    return { kind: "create", send: () => create(fresh) };
  };
  return {
    next,
    async cleanUp() {
      for (const path of made) await call("DELETE", path);
    },
  };
}

function summarize(
  outcomes: readonly { entry: Exchange | null; kind: string; ms: number }[],
  seconds: number,
): LoadResult {
  const sorted = outcomes.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const throttled = outcomes.filter(({ entry }) => entry?.status === 429).length;
  const failed = outcomes.filter(({ entry }) => !entry || (entry.status >= 300 && entry.status !== 429));
  const byKind: Record<string, number> = {};
  for (const { kind } of outcomes) byKind[kind] = (byKind[kind] ?? 0) + 1;
  const first = failed[0];
  return {
    requests: outcomes.length,
    throttled,
    errors: failed.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: sorted.at(-1) ?? 0,
    requestsPerSecond: outcomes.length / seconds,
    firstError: first ? (first.entry ? `${first.entry.status} ${toCurl(first.entry)}` : "no answer") : null,
    byKind,
  };
}
