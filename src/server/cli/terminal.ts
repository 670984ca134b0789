import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";

import { EnvError } from "#server/kernel/env";
import { AppError, toAppError } from "#server/kernel/errors";

/** What a command reads and writes, so that it can run inside another program as well. */
export interface Terminal {
  readonly stdin: Readable;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** A command's result: the documented JSON, and the same for people. */
export interface Result {
  readonly json: unknown;
  readonly lines: readonly string[];
  /** Remarks that belong to nobody's parser; they go to standard error. */
  readonly notes?: readonly string[];
}

/** What went wrong, as `{error, code}` or as one line. */
export interface Failure {
  readonly error: string;
  readonly code: string;
}

/** Larger inputs are refused before they fill the memory: a board of 50 000 shapes is far smaller. */
const MAX_INPUT_BYTES = 200 * 1024 * 1024;

/** Everything on standard input. */
async function readAll(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    const buffer = Buffer.from(chunk as Uint8Array);
    bytes += buffer.length;
    if (bytes > MAX_INPUT_BYTES) throw new AppError("TOO_LARGE", "Standard input is larger than 200 MB.");
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A password from standard input: the first line, without its end. @throws AppError BAD_INPUT when there is none. */
export async function readPassword(stdin: Readable): Promise<string> {
  const [password = ""] = (await readAll(stdin)).split(/\r?\n/);
  if (password === "") throw new AppError("BAD_INPUT", "There is no password on standard input.");
  return password;
}

/** The text of a file, or of standard input for "-". @throws AppError BAD_INPUT when it cannot be read. */
export async function readInput(path: string, stdin: Readable): Promise<string> {
  if (path === "-") return readAll(stdin);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code ?? "unknown"})`;
    throw new AppError("BAD_INPUT", `${path}: ${reason}.`, { cause });
  }
}

/** Any thrown value as what a terminal shows. The operator may know causes that a browser must not see. */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { error: String(error), code: "INTERNAL" };
  if (error.name === "CommanderError")
    return { error: oneLine(error.message.replace(/^error: /, "")), code: "USAGE" };
  if (error instanceof EnvError) {
    return { error: `The environment is not usable: ${error.problems.join("; ")}.`, code: "BAD_ENVIRONMENT" };
  }
  if (error.name === "ModelError") return { error: oneLine(error.message), code: "BAD_INPUT" };
  const { code, message, cause } = toAppError(error);
  if (code !== "INTERNAL") return { error: oneLine(message), code };
  const because = cause instanceof Error ? rootCause(cause).message : "";
  return { error: oneLine(error.name === "AppError" ? `${message} ${because}` : error.message), code };
}

function rootCause(error: Error): Error {
  return error.cause instanceof Error ? rootCause(error.cause) : error;
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ").trim();
