import { refuse } from "../refusal";
import { attribute, childElements, textOf } from "../xml-tree";
import { assertionChildren } from "./structure";

/**
 * The assertion's attributes by their full name. A name that comes twice is refused: two readers would
 * take different values of it.
 * @throws SamlRefusal attribute_repeated
 */
export function readAttributes(assertion: Element): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>();
  const elements = assertionChildren(assertion, "AttributeStatement").flatMap((statement) =>
    assertionChildren(statement, "Attribute"),
  );
  for (const element of elements) {
    const name = attribute(element, "Name") ?? "";
    if (name === "" || attributes.has(name)) refuse("attribute_repeated", name);
    const values = childElements(element).map((value) => textOf(value));
    attributes.set(
      name,
      values.filter((value) => value !== null),
    );
  }
  return attributes;
}
