import { InvalidArgumentError, Option, type Command, type CommanderError } from "commander";

/** Where to go; the token is kept out of the process list unless somebody insists on --token. */
export interface ServiceOptions {
  readonly url: string;
  readonly token?: string;
  readonly tokenStdin?: boolean;
}

export function addServiceOptions(command: Command): Command {
  return command
    .requiredOption("--url <url>", "the SCIM root or Entra's tenant URL, with or without its flag")
    .addOption(
      new Option("--token <token>", "the bearer token; better in SCIM_TOKEN or by --token-stdin").env(
        "SCIM_TOKEN",
      ),
    )
    .option("--token-stdin", "read the bearer token from standard input");
}

/** @throws InvalidArgumentError when there is no token */
export async function readToken({ token, tokenStdin }: ServiceOptions): Promise<string> {
  const found = tokenStdin ? await readStdin() : token;
  if (!found) throw new InvalidArgumentError("Give a token: SCIM_TOKEN, --token-stdin or --token.");
  return found;
}

async function readStdin(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk as string;
  return text.trim();
}

/** Entra's tenant URL taken apart: the SCIM root, and whether it carries the flag. @throws InvalidArgumentError */
export function parseTenantUrl(text: string): { baseUrl: string; flagged: boolean } {
  if (!URL.canParse(text) || !/^https?:/i.test(text)) {
    throw new InvalidArgumentError(`This is no web address: ${text}`);
  }
  const url = new URL(text);
  const flagged = /aadoptscim062020/i.test(url.search);
  return { baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, flagged };
}

/** A parser of whole numbers within bounds, for commander. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };

/** One of these words or "all", for commander: always a list. */
export const oneOrAll =
  <T extends string>(words: readonly T[]) =>
  (text: string): readonly T[] => {
    if (text === "all") return words;
    const found = words.filter((word) => word.toLowerCase() === text.toLowerCase());
    if (found.length === 1) return found;
    throw new InvalidArgumentError(`Expected one of ${words.join(", ")} or all.`);
  };

/**
 * Reads the command line and sets the exit code: what `main` says, or 2 when it was called wrongly, with one line that
 * says how (commander has written its own already).
 */
export async function runProgram(program: Command, main: () => Promise<number>): Promise<void> {
  try {
    program.exitOverride().parse();
    process.exitCode = await main();
  } catch (error) {
    const { exitCode = 2, code = "", message = String(error) } = error as Partial<CommanderError>;
    if (error instanceof InvalidArgumentError || !code.startsWith("commander."))
      process.stderr.write(`${message}\n`);
    process.exitCode = exitCode === 0 ? 0 : 2;
  }
}
