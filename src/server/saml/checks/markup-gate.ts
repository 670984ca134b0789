import { refuse } from "../refusal";

/** What a document may weigh before a parser sees it. */
export interface MarkupLimits {
  readonly elements: number;
  readonly depth: number;
  readonly attributes: number;
}

/**
 * Verification costs more than linear time in the number of elements and attributes, and needs no key:
 * a 74 KiB message could hold the process for seconds. A response with 150 groups stays far below these.
 */
export const RESPONSE_LIMITS: MarkupLimits = { elements: 1500, depth: 32, attributes: 2000 };

const FORBIDDEN = ["<!DOCTYPE", "<!ENTITY", "<![CDATA[", "<!--", "<!"] as const;
const XML_DECLARATION =
  /^<\?xml\s+version=["']1\.0["'](?:\s+encoding=["']([A-Za-z0-9._-]+)["'])?(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>/;
const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Refuses the parts of XML that SAML does not need and that readers disagree about: document types,
 * entities, CDATA, comments, processing instructions, other encodings, control characters.
 * @throws SamlRefusal forbidden_markup, wrong_encoding
 */
export function assertPlainMarkup(xml: string): void {
  const found = FORBIDDEN.find((construct) => xml.includes(construct));
  if (found) refuse("forbidden_markup", found);
  assertDeclaration(xml);
  if (FORBIDDEN_CHARACTER.test(xml)) refuse("forbidden_markup", "control character");
}

/** At most one XML declaration, at the very beginning, that says UTF-8 or nothing. */
function assertDeclaration(xml: string): void {
  const declaration = XML_DECLARATION.exec(xml);
  if (xml.indexOf("<?", declaration?.[0].length ?? 0) !== -1) {
    refuse("forbidden_markup", "processing instruction");
  }
  const encoding = declaration?.[1];
  if (encoding !== undefined && encoding.toLowerCase() !== "utf-8") refuse("wrong_encoding", encoding);
}

/**
 * Counts elements, depth and attributes in one linear pass over the text, without building a tree.
 * @throws SamlRefusal too_many_elements, too_many_attributes, too_deep, malformed_xml
 */
export function assertBoundedMarkup(xml: string, limits: MarkupLimits): void {
  let elements = 0;
  let attributes = 0;
  let depth = 0;
  let end = -1;
  for (let at = xml.indexOf("<"); at !== -1; at = xml.indexOf("<", end)) {
    if (depth === 0) assertBlank(xml.slice(end + 1, at));
    const next = xml[at + 1];
    if (next === "/" || next === "?" || next === "!") {
      end = xml.indexOf(">", at);
      if (next === "/") depth--;
    } else {
      const tag = scanStartTag(xml, at);
      end = tag.end;
      if (++elements > limits.elements) refuse("too_many_elements");
      if ((attributes += tag.attributes) > limits.attributes) refuse("too_many_attributes");
      if (depth + 1 > limits.depth) refuse("too_deep");
      if (!tag.selfClosing) depth++;
    }
    if (end === -1 || depth < 0) refuse("malformed_xml");
  }
  if (depth !== 0 || elements === 0) refuse("malformed_xml");
  assertBlank(xml.slice(end + 1));
}

/** Parsers differ in what they make of text outside the root. */
function assertBlank(text: string): void {
  if (/[^ \t\r\n]/.test(text)) refuse("malformed_xml", "text outside the root");
}

interface StartTag {
  readonly end: number;
  readonly attributes: number;
  readonly selfClosing: boolean;
}

function scanStartTag(xml: string, start: number): StartTag {
  let attributes = 0;
  let quote = "";
  for (let at = start + 1; at < xml.length; at++) {
    const character = xml[at]!;
    // Well-formed XML has no bare "<" inside a tag; refusing it keeps this count and the parser's the same.
    if (character === "<") break;
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") {
      quote = character;
      attributes++;
    } else if (character === ">") {
      return { end: at, attributes, selfClosing: xml[at - 1] === "/" };
    }
  }
  return refuse("malformed_xml");
}
