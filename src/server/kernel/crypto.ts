import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

import { env } from "./env";
import { AppError } from "./errors";

/** SHA-256 of a string's UTF-8 bytes, as lower-case hexadecimal. */
export function sha256Hex(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}

/** Compares two strings in a time that does not depend on where they differ (lengths may leak). */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A new secret with 256 random bits behind a readable prefix, for example `chalk_scim_…`. */
export function randomToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}

/** What a key may be used for; a new purpose gets its own key, so that no ciphertext can be moved between uses. */
export type KeyPurpose = "scim-token" | "scim-cursor" | "next-auth";

/** 32 bytes derived from APP_SECRET by HKDF-SHA-256 (RFC 5869), different for every purpose. */
export function deriveKey(purpose: KeyPurpose): Buffer {
  const secret = env().appSecret;
  if (secret === undefined) throw new AppError("INTERNAL", "APP_SECRET is not set");
  return Buffer.from(hkdfSync("sha256", secret, "chalkroom", purpose, 32));
}

/**
 * Encrypts with AES-256-GCM. Layout: 12 bytes nonce, 16 bytes tag, ciphertext.
 * `context` is authenticated too: a ciphertext copied to another row does not open there.
 */
export function seal(purpose: KeyPurpose, plaintext: string, context: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(purpose), nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

/**
 * Opens what `seal` made with the same purpose and context.
 * @throws AppError INTERNAL when it was changed, moved, or sealed under another APP_SECRET.
 */
export function open(purpose: KeyPurpose, sealed: Uint8Array, context: string): string {
  const bytes = Buffer.from(sealed);
  try {
    const decipher = createDecipheriv("aes-256-gcm", deriveKey(purpose), bytes.subarray(0, 12), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError("INTERNAL", "A stored secret could not be opened; was APP_SECRET changed?", { cause });
  }
}
