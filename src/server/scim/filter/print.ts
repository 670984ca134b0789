import type { AttributePath, Filter, PatchPath } from "./ast";

/** An attribute path as text. */
export function printPath(path: AttributePath): string {
  return `${path.urn === null ? "" : `${path.urn}:`}${path.name}${path.sub === null ? "" : `.${path.sub}`}`;
}

/** A filter as text that parses to the same tree. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case "compare":
      return `${printPath(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
    case "present":
      return `${printPath(filter.path)} pr`;
    case "not":
      return `not (${printFilter(filter.term)})`;
    case "valuePath":
      return `${printPath(filter.path)}[${printFilter(filter.filter)}]${filter.tail ? `.${printFilter(filter.tail)}` : ""}`;
    case "and":
    case "or":
      return filter.terms.map(printTerm).join(` ${filter.kind} `);
  }
}

function printTerm(filter: Filter): string {
  return filter.kind === "and" || filter.kind === "or" ? `(${printFilter(filter)})` : printFilter(filter);
}

/** A PATCH path as text. */
export function printPatchPath(target: PatchPath): string {
  const brackets = target.filter === null ? "" : `[${printFilter(target.filter)}]`;
  return `${printPath(target.path)}${brackets}${target.sub === null ? "" : `.${target.sub}`}`;
}
