import { ObjectFailure, Quarantined } from "./failure";
import { makeRandom } from "./random";
import { insist, strictError, strictList, strictResource } from "./strict-answer";
import { buildUrl, filterQuery, type UrlForm } from "./url-forms";
import { exchange, textOf, type Exchange, type Json, type ScimTarget } from "./wire";

export type Resource = Record<string, Json>;
export type ResourceType = "User" | "Group";

export interface ConnectionOptions {
  readonly urlForm: UrlForm;
  /** 429: the job waits as Retry-After says, or the object fails and the next cycle tries again. Both were reported. */
  readonly throttling: "wait" | "next-cycle";
  readonly seed: number;
  readonly sleep: (ms: number) => Promise<void>;
}

const ATTEMPTS_WHEN_THROTTLED = 5;

/** Sends requests as Entra does, keeps all of them, and judges the answers as Entra does. */
export class Connection {
  /** Every exchange so far, for replay. */
  readonly trace: Exchange[] = [];
  private readonly random: () => number;

  constructor(
    private readonly target: ScimTarget,
    private readonly options: ConnectionOptions,
  ) {
    this.random = makeRandom(options.seed);
  }

  /** A list query; groups without their members. @throws Quarantined ObjectFailure ServiceIncompatible */
  async list(type: ResourceType, filter: string, more = "") {
    const excluded = type === "Group" && !more.startsWith("attributes=") ? "excludedAttributes=members" : "";
    const query = [excluded, filterQuery(filter), more];
    const { answer } = await this.request("GET", `/${type}s`, undefined, query.filter(Boolean).join("&"));
    return strictList(answer, type);
  }

  /** The page of a listing that starts at `startIndex`. */
  async page(type: ResourceType, startIndex: number, count: number) {
    const query = `startIndex=${startIndex}&count=${count}`;
    const { answer } = await this.request("GET", `/${type}s`, undefined, query);
    return strictList(answer, type);
  }

  /** One resource by id; groups without their members. @throws ObjectFailure with InvalidAnchor when it is gone */
  async read(type: ResourceType, id: string): Promise<Resource> {
    const query = type === "Group" ? "excludedAttributes=members" : "";
    const { answer } = await this.request("GET", `/${type}s/${id}`, undefined, query);
    const resource = strictResource(answer, type);
    insist(resource["id"] === id, `asked for ${id}, ${textOf(resource["id"])} came back`);
    return resource;
  }

  async create(type: ResourceType, body: Json): Promise<Resource> {
    const { answer, status, headers } = await this.request("POST", `/${type}s`, body);
    insist(status === 200 || status === 201, `a create was answered with ${status}`);
    const created = strictResource(answer, type);
    const location = headers.get("location");
    insist(
      location === null || location.endsWith(`/${textOf(created["id"])}`),
      "Location is not the address of what was created",
    );
    return created;
  }

  /** @returns the resource, or null when the service answers without one */
  async patch(type: ResourceType, id: string, body: Resource): Promise<Resource | null> {
    // JSON objects have no order, and Entra's Operations may come before its schemas.
    const ordered = this.random() < 0.5 ? body : Object.fromEntries(Object.entries(body).toReversed());
    const { answer } = await this.request("PATCH", `/${type}s/${id}`, ordered);
    return answer === undefined ? null : strictResource(answer, type);
  }

  /** Deletes for good; what is gone already is as good. */
  async delete(type: ResourceType, id: string): Promise<void> {
    await this.request("DELETE", `/${type}s/${id}`, undefined, "", [404]);
  }

  /** @throws Quarantined ObjectFailure ServiceIncompatible */
  async request(
    method: string,
    path: string,
    body?: Json,
    query = "",
    tolerated: readonly number[] = [],
  ): Promise<Exchange> {
    const url = buildUrl(this.options.urlForm, this.target.baseUrl, path, query);
    for (let attempt = 1; ; attempt++) {
      const entry = await this.exchange(method, url, body);
      this.trace.push(entry);
      const patient = this.options.throttling === "wait" && attempt < ATTEMPTS_WHEN_THROTTLED;
      if (entry.status !== 429 || !patient) return judge(entry, path, tolerated);
      await this.options.sleep(Number(entry.headers.get("retry-after") ?? "1") * 1000);
    }
  }

  private async exchange(method: string, url: string, body?: Json): Promise<Exchange> {
    const startedAt = performance.now();
    try {
      return await exchange(this.target, method, url, body);
    } catch (error) {
      const answer = error instanceof Error ? error.message : String(error);
      const ms = performance.now() - startedAt;
      return { method, url, body, status: 0, answer, headers: new Headers(), ms };
    }
  }
}

function judge(entry: Exchange, path: string, tolerated: readonly number[]): Exchange {
  const { status, method } = entry;
  const what = `${method} ${path}`;
  if (status === 0)
    throw new ObjectFailure("Timeout", `${what} had no answer: ${textOf(entry.answer)}`, true);
  if (status >= 300 && status < 400) {
    throw new Quarantined(
      `${what} was answered with a redirect to ${entry.headers.get("location") ?? "nowhere"}`,
    );
  }
  if (status >= 200 && status < 300) {
    if (status === 204) insist(entry.answer === undefined, `${what}: 204 with a body`);
    else requireScimType(entry, what);
    return entry;
  }
  if (status === 401 || status === 403) throw new Quarantined(`${what} was answered with ${status}`);
  if (status === 404 && /^\/(Users|Groups)$/.test(path)) {
    throw new Quarantined(
      `${what} was answered with 404: a query that finds nothing must be answered with an empty list`,
    );
  }
  if (tolerated.includes(status)) return entry;
  if (status >= 500)
    throw new ObjectFailure("InternalServerError", `${what} was answered with ${status}`, true);
  requireScimType(entry, what);
  const { detail, scimType } = strictError(entry.answer, status);
  const reason = `${what}: ${status} ${scimType ? `${scimType}: ` : ""}${detail}`;
  throw new ObjectFailure(FAILURE_CODES[status] ?? "BadRequest", reason, status === 429);
}

const FAILURE_CODES: Record<number, string> = {
  404: "InvalidAnchor",
  409: "EntryConflict",
  429: "TooManyRequests",
};

function requireScimType(entry: Exchange, what: string): void {
  const type = entry.headers.get("content-type") ?? "";
  insist(/^application\/scim\+json\s*(;|$)/i.test(type), `${what} was answered as "${type}"`);
}
