import { log } from "#server/kernel/logger";

import type { Answer } from "../http/answer";
import { emptyObject, isObject, textOf, type JsonObject, type JsonValue } from "../json";
import { ENTERPRISE_URN } from "../schema/attributes";
import { badRequest, errorBody, ScimError, toScimError } from "../scim-error";
import { normalizeScimUrl, SCIM_BASE_PATH } from "../url";
import { readBulkRequest, type BulkMethod, type BulkOperation } from "./bulk-request";
import { bulkIdIn, referencesIn, resolveReferences, withoutManagers } from "./references";

const RESPONSE_URN = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
const METHODS: readonly string[] = ["POST", "PUT", "PATCH", "DELETE"];

/** An operation whose references are resolved; `path` has no leading slash. */
export interface PlainOperation {
  readonly method: BulkMethod;
  readonly path: string;
  readonly body: JsonObject;
  readonly version: string | null;
}

/** Carries out one operation as if it had come as a request of its own, in a transaction of its own. */
export type Perform = (operation: PlainOperation) => Promise<Answer>;

/**
 * POST /Bulk (RFC 7644 section 3.7). Operations run in their order, except that one which others refer to runs before
 * them. A failure undoes nothing but its own operation; `failOnErrors` ends the work, and the answer then has only
 * what was tried.
 * @throws ScimError 400, 413 for a message that cannot be read; failures of operations are in the answer
 */
export async function runBulk(baseUrl: string, body: JsonObject, perform: Perform): Promise<Answer> {
  const { operations, failOnErrors } = readBulkRequest(body);
  const run = new BulkRun(baseUrl, operations, failOnErrors, perform);
  return { status: 200, body: { schemas: [RESPONSE_URN], Operations: await run.all() } };
}

class BulkRun {
  private readonly results: (JsonObject | "running" | null)[];
  private readonly positions = new Map<string, number>();
  /** Ids of what was made, by bulkId. */
  private readonly ids = new Map<string, string>();
  /** Users whose manager did not exist yet, by the bulkId of that manager. */
  private readonly reports = new Map<string, { readonly index: number; readonly path: string }[]>();
  private errors = 0;

  constructor(
    private readonly baseUrl: string,
    private readonly operations: readonly BulkOperation[],
    private readonly failOnErrors: number,
    private readonly perform: Perform,
  ) {
    this.results = operations.map(() => null);
    operations.forEach(({ bulkId, method }, index) => {
      if (bulkId !== null && method === "POST") this.positions.set(bulkId, index);
    });
  }

  async all(): Promise<JsonObject[]> {
    for (let index = 0; index < this.operations.length; index++) await this.run(index);
    return this.results.filter(isObject);
  }

  private get isOver(): boolean {
    return this.errors >= this.failOnErrors;
  }

  private async run(index: number): Promise<void> {
    if (this.results[index] !== null || this.isOver) return;
    const operation = this.operations[index]!;
    this.results[index] = "running";
    const awaited = bulkIdsOf(operation);
    for (const bulkId of awaited) {
      const position = this.positions.get(bulkId);
      if (position !== undefined) await this.run(position);
    }
    if (this.isOver) {
      this.results[index] = null;
      return this.finishReports(operation);
    }
    try {
      await this.carryOut(index, operation, awaited);
    } catch (error) {
      this.fail(index, error, this.knownPathOf(operation));
    }
    await this.finishReports(operation);
  }

  private async carryOut(
    index: number,
    operation: BulkOperation,
    awaited: ReadonlySet<string>,
  ): Promise<void> {
    const circular = this.findCircular(awaited);
    const plain = this.toPlain(operation, circular);
    const answer = await this.perform(plain);
    const id = plain.method === "POST" ? textOf(answer.body?.["id"]) : null;
    const path = id === null ? plain.path : `${plain.path}/${id}`;
    if (id !== null && operation.bulkId !== null) this.ids.set(operation.bulkId, id);
    this.succeed(index, answer, path);
    for (const bulkId of circular)
      this.reports.set(bulkId, [...(this.reports.get(bulkId) ?? []), { index, path }]);
  }

  /**
   * The references whose operations wait for this very one.
   * @throws ScimError 400 invalidValue for a bulkId that the request does not have, 409 for one whose operation failed
   */
  private findCircular(awaited: ReadonlySet<string>): Set<string> {
    const circular = new Set<string>();
    for (const bulkId of awaited) {
      const position = this.positions.get(bulkId);
      const name = bulkId.slice(0, 100);
      if (position === undefined) {
        throw badRequest("invalidValue", `No POST of this bulk request has the bulkId "${name}".`);
      }
      if (this.results[position] === "running") circular.add(bulkId);
      else if (!this.ids.has(bulkId)) {
        throw new ScimError(
          409,
          `The operation with the bulkId "${name}", which this one refers to, failed.`,
        );
      }
    }
    return circular;
  }

  private toPlain(operation: BulkOperation, circular: ReadonlySet<string>): PlainOperation {
    const { method, version, data } = operation;
    if (!METHODS.includes(method)) {
      throw badRequest("invalidSyntax", "The method of a bulk operation is POST, PUT, PATCH or DELETE.");
    }
    if (method === "POST" && operation.bulkId === null) {
      throw badRequest("invalidSyntax", "A POST in a bulk request needs a bulkId.");
    }
    if (method !== "DELETE" && !isObject(data)) {
      throw badRequest("invalidSyntax", `A ${method} in a bulk request needs an object "data".`);
    }
    const body = isObject(data) ? this.bodyOf(operation, data, circular) : emptyObject();
    return { method: method as BulkMethod, path: this.pathOf(operation.path), body, version };
  }

  /** Two people who are each other's manager are made without managers first; other circles cannot be made. */
  private bodyOf({ method }: BulkOperation, data: JsonObject, circular: ReadonlySet<string>): JsonObject {
    const possible = circular.size > 0 && method === "POST" ? withoutManagers(data, circular) : data;
    if ([...referencesIn(possible)].some((bulkId) => circular.has(bulkId))) {
      throw new ScimError(409, "The operations of this bulk request refer to each other in a circle.");
    }
    return resolveReferences(possible, this.ids) as JsonObject;
  }

  private pathOf(path: string): string {
    const plain = normalizeScimUrl(`${SCIM_BASE_PATH}/${path}`).slice(SCIM_BASE_PATH.length + 1);
    const [, collection, id] = /^(Users|Groups)(?:\/(?!\.search$)([^/?]+))?$/.exec(plain) ?? [];
    if (collection === undefined) {
      throw new ScimError(
        404,
        `A bulk operation works on /Users, /Groups and what is below them, not on "${path.slice(0, 100)}".`,
      );
    }
    const bulkId = id === undefined ? null : bulkIdIn(id);
    return id === undefined ? collection : `${collection}/${(bulkId !== null && this.ids.get(bulkId)) || id}`;
  }

  /** A location is owed for every failure but that of a POST. */
  private knownPathOf({ method, path }: BulkOperation): string | null {
    if (method === "POST") return null;
    try {
      return this.pathOf(path);
    } catch {
      return null;
    }
  }

  /** Gives those who reported to the person that was just made, or could not be, their manager. */
  private async finishReports({ bulkId }: BulkOperation): Promise<void> {
    if (bulkId === null) return;
    const waiting = this.reports.get(bulkId) ?? [];
    this.reports.delete(bulkId);
    const manager = this.ids.get(bulkId);
    for (const { index, path } of waiting) {
      try {
        if (manager === undefined)
          throw new ScimError(409, "The user was made without a manager, who could not be made.");
        const operation = { op: "add", path: `${ENTERPRISE_URN}:manager`, value: manager };
        this.succeed(index, await this.perform(patchOf(path, [operation])), path, "201");
      } catch (error) {
        this.fail(index, error, path);
      }
    }
  }

  private succeed(index: number, answer: Answer, path: string, status = String(answer.status)): void {
    const version = answer.headers?.["ETag"];
    this.results[index] = {
      ...this.identityOf(index),
      location: `${this.baseUrl}/${path}`,
      ...(version === undefined ? {} : { version }),
      status,
    };
  }

  private fail(index: number, error: unknown, path: string | null): void {
    const failure = toScimError(error);
    if (failure.status >= 500) log().error({ err: error }, "scim: a bulk operation failed");
    this.errors++;
    this.results[index] = {
      ...this.identityOf(index),
      ...(path === null ? {} : { location: `${this.baseUrl}/${path}` }),
      status: String(failure.status),
      response: errorBody(failure),
    };
  }

  private identityOf(index: number): JsonObject {
    const { method, bulkId } = this.operations[index]!;
    return { method, ...(bulkId === null ? {} : { bulkId }) };
  }
}

/** What must exist before an operation can run. */
function bulkIdsOf({ path, data }: BulkOperation): Set<string> {
  const found = referencesIn(data);
  const inPath = bulkIdIn(path.split("/").at(-1) ?? "");
  return inPath === null ? found : found.add(inPath);
}

function patchOf(path: string, operations: JsonValue[]): PlainOperation {
  return { method: "PATCH", path, body: { Operations: operations }, version: null };
}
