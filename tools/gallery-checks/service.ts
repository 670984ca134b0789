import { exchange, toCurl, type Exchange, type Json, type ScimTarget } from "../entra-sim/index";
import { strictList } from "../entra-sim/strict-answer";

export type Resource = Record<string, Json>;

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** A check that failed, with the request behind it as a curl command. */
export class CheckFailed extends Error {
  override name = "CheckFailed";

  constructor(
    reason: string,
    readonly replay: string | null,
  ) {
    super(reason);
  }
}

/** A check that has nothing to look at here. */
export class NotApplicable extends Error {
  override name = "NotApplicable";
}

/** The service under test as the validation calls it: with an Accept header, and with a Content-Type and body. */
export class Service {
  private readonly made: string[] = [];

  constructor(readonly target: ScimTarget) {}

  call(method: string, path: string, body?: Json): Promise<Exchange> {
    const { baseUrl } = this.target;
    return exchange(this.target, method, `${baseUrl}${path}`, body, { accept: "application/scim+json" });
  }

  /** Sends a request that has to be answered with one of these. @throws CheckFailed */
  async expect(statuses: readonly number[], method: string, path: string, body?: Json): Promise<Exchange> {
    const entry = await this.call(method, path, body);
    require(statuses.includes(
      entry.status,
    ), `${method} ${path} was answered with ${entry.status}, expected ${statuses.join(" or ")}: ${JSON.stringify(entry.answer ?? null).slice(0, 500)}`, entry);
    return entry;
  }

  async get(path: string): Promise<Resource> {
    return (await this.expect([200], "GET", path)).answer as Resource;
  }

  /** Creates something that is deleted after the check. @throws CheckFailed */
  async create(plural: "Users" | "Groups", body: Resource): Promise<Resource> {
    const entry = await this.expect([200, 201], "POST", `/${plural}`, body);
    const created = entry.answer as Resource;
    require(typeof created["id"] === "string" &&
      created["id"] !== "", "the created resource has no id", entry);
    this.made.push(`/${plural}/${created["id"]}`);
    return created;
  }

  /** How many a filter finds. @throws CheckFailed */
  async count(plural: "Users" | "Groups", filter: string): Promise<number> {
    const entry = await this.expect([200], "GET", `/${plural}?filter=${encodeURIComponent(filter)}`);
    return strictList(entry.answer, plural === "Users" ? "User" : "Group").total;
  }

  async cleanUp(): Promise<void> {
    for (const path of this.made.splice(0).toReversed()) await this.call("DELETE", path);
  }
}

/** @throws CheckFailed */
export function require(holds: boolean, reason: string, entry: Exchange | null = null): asserts holds {
  if (!holds) throw new CheckFailed(reason, entry && toCurl(entry));
}
