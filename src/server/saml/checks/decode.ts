import { refuse } from "../refusal";

const MAX_XML_BYTES = 256 * 1024;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Decodes base64 strictly. Line breaks and blanks are allowed, because some providers wrap lines; anything
 * else is refused, since lenient decoders skip what they do not know and so read another message than we do.
 * @throws SamlRefusal bad_base64, xml_too_large
 */
export function decodeBase64(value: string): Buffer {
  const compact = value.replace(/[\r\n\t ]/g, "");
  if (compact.length % 4 !== 0 || !BASE64.test(compact)) refuse("bad_base64");
  if ((compact.length / 4) * 3 > MAX_XML_BYTES + 2) refuse("xml_too_large");
  const bytes = Buffer.from(compact, "base64");
  // Stray bits in the last group would let one message have several spellings.
  if (bytes.toString("base64") !== compact) refuse("bad_base64");
  return bytes;
}

/**
 * The bytes as text, without a replacement character standing in for anything.
 * @throws SamlRefusal bad_utf8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return refuse("bad_utf8");
  }
}
