import { isStorableText } from "#server/kernel/storable";

import { badRequest, ScimError } from "../scim-error";
import type {
  AttributePath,
  CompareOperator,
  Comparison,
  Filter,
  FilterValue,
  PatchPath,
  Presence,
} from "./ast";
import { filterError, tokenize, type Token } from "./lexer";

const MAX_DEPTH = 16;
const MAX_TERMS = 64;
const OPERATORS: readonly string[] = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];
const NAME = /^(?:[A-Za-z][A-Za-z0-9_-]*|\$ref)$/;

/**
 * Parses a filter by the grammar of RFC 7644 section 3.4.2.2, widened by what real clients send:
 * `emails[type eq "work"].value eq "x"` (Entra) and unquoted words as values (Microsoft's examples).
 * @throws ScimError 400 invalidFilter
 */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(tokenize(text), text.length);
  const filter = parser.parseOr(0, false);
  parser.expectEnd();
  return filter;
}

/**
 * Parses the `path` of a PATCH operation, or a key of a path-less value.
 * @throws ScimError 400 invalidPath
 */
export function parsePatchPath(text: string): PatchPath {
  try {
    const parser = new FilterParser(tokenize(text), text.length);
    const result = parser.parsePatchTarget();
    parser.expectEnd();
    return result;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw badRequest("invalidPath", `The path "${text.slice(0, 200)}" is not valid.`);
  }
}

/** Splits `urn:…:2.0:User:name.givenName` at its last colon, then the rest at its first dot; undefined when malformed. */
export function parseAttributePath(text: string): AttributePath | undefined {
  const colon = text.lastIndexOf(":");
  const urn = colon < 0 ? null : text.slice(0, colon);
  const [name = "", sub = null, ...more] = text.slice(colon + 1).split(".");
  if (urn !== null && !/^urn:[\w.:-]+$/i.test(urn) && !/^https?:[\w.:/-]+$/i.test(urn)) return undefined;
  if (!NAME.test(name) || (sub !== null && !NAME.test(sub)) || more.length > 0) return undefined;
  return { urn, name, sub };
}

/** A whole number that JavaScript would round stays text: it is an identifier somebody did not quote. */
function readNumber(text: string): number | string {
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? text : value;
}

/** Recursive descent: or, then and, then terms; brackets do not nest. */
class FilterParser {
  private position = 0;
  private terms = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  parseOr(depth: number, inBrackets: boolean): Filter {
    if (depth > MAX_DEPTH) throw filterError(`more than ${MAX_DEPTH} levels`, this.at());
    return this.parseChain("or", () => this.parseChain("and", () => this.parseTerm(depth, inBrackets)));
  }

  private parseChain(word: "and" | "or", next: () => Filter): Filter {
    const terms = [next()];
    while (this.takeWord(word)) terms.push(next());
    return terms.length === 1 ? terms[0]! : { kind: word, terms };
  }

  private parseTerm(depth: number, inBrackets: boolean): Filter {
    if (++this.terms > MAX_TERMS) throw filterError(`more than ${MAX_TERMS} terms`, this.at());
    if (this.peek()?.kind === "(") return this.parseGroup(depth, inBrackets);
    if (this.peek()?.text.toLowerCase() === "not" && this.tokens[this.position + 1]?.kind === "(") {
      this.position++;
      return { kind: "not", term: this.parseGroup(depth, inBrackets) };
    }
    const path = this.parsePath();
    if (this.peek()?.kind !== "[") return this.parseCondition(path);
    if (inBrackets) throw filterError("brackets inside brackets", this.at());
    if (path.sub !== null) throw filterError("brackets after a sub-attribute", this.at());
    const filter = this.parseBrackets(depth);
    const tail = this.takeTail();
    return { kind: "valuePath", path, filter, tail: tail && this.parseCondition(tail) };
  }

  private parseGroup(depth: number, inBrackets: boolean): Filter {
    this.expect("(");
    const filter = this.parseOr(depth + 1, inBrackets);
    this.expect(")");
    return filter;
  }

  private parseBrackets(depth: number): Filter {
    this.expect("[");
    const filter = this.parseOr(depth + 1, true);
    this.expect("]");
    return filter;
  }

  /** `.value` right behind a closing bracket. */
  private takeTail(): AttributePath | null {
    const token = this.peek();
    if (token?.kind !== "word" || !token.text.startsWith(".")) return null;
    const name = token.text.slice(1);
    if (!NAME.test(name)) throw filterError("a sub-attribute was expected", token.at);
    this.position++;
    return { urn: null, name, sub: null };
  }

  private parseCondition(path: AttributePath): Comparison | Presence {
    const token = this.next("an operator was expected");
    const op = token.text.toLowerCase();
    if (token.kind === "word" && op === "pr") return { kind: "present", path };
    if (token.kind !== "word" || !OPERATORS.includes(op)) {
      throw filterError(`"${token.text.slice(0, 40)}" is not an operator`, token.at);
    }
    return { kind: "compare", path, op: op as CompareOperator, value: this.parseValue() };
  }

  private parseValue(): FilterValue {
    const token = this.next("a value was expected");
    if (token.kind === "string") return token.text;
    if (token.kind === "number") return readNumber(token.text);
    if (token.kind !== "word") throw filterError("a value was expected", token.at);
    const word = token.text.toLowerCase();
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (!isStorableText(token.text)) {
      throw filterError("the value holds a character that cannot be stored", token.at);
    }
    return token.text;
  }

  private parsePath(): AttributePath {
    const token = this.next("an attribute was expected");
    const path = token.kind === "word" ? parseAttributePath(token.text) : undefined;
    if (!path) throw filterError("an attribute was expected", token.at);
    return path;
  }

  parsePatchTarget(): PatchPath {
    const path = this.parsePath();
    if (this.peek()?.kind !== "[") return { path, filter: null, sub: null };
    if (path.sub !== null) throw filterError("brackets after a sub-attribute", this.at());
    const filter = this.parseBrackets(0);
    return { path, filter, sub: this.takeTail()?.name ?? null };
  }

  expectEnd(): void {
    const token = this.peek();
    if (token) throw filterError(`"${token.text.slice(0, 40)}" was not expected`, token.at);
  }

  private peek(): Token | undefined {
    return this.tokens[this.position];
  }

  private at(): number {
    return this.peek()?.at ?? this.end;
  }

  private next(problem: string): Token {
    const token = this.peek();
    if (!token) throw filterError(problem, this.end);
    this.position++;
    return token;
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    if (token?.kind !== "word" || token.text.toLowerCase() !== word) return false;
    this.position++;
    return true;
  }

  private expect(kind: Token["kind"]): void {
    if (this.peek()?.kind !== kind) throw filterError(`"${kind}" was expected`, this.at());
    this.position++;
  }
}
