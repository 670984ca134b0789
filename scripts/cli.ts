/** The command line's entrance: bundled to dist/cli.mjs, started by scripts/cli.mjs. */
import { fileURLToPath } from "node:url";

import { runCli } from "#server/cli/run-cli";

/** An empty variable counts as unset, and port 0 says nothing about where a server answers. */
const given = (name: string): boolean => !["", "0", undefined].includes(process.env[name]);

const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((done) => stream.write("", () => done()));

const status = await runCli(process.argv.slice(2), {
  root: fileURLToPath(new URL("..", import.meta.url)),
  publicUrlGiven: given("PUBLIC_URL") || given("PORT"),
  stdin: process.stdin,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
await Promise.all([drained(process.stdout), drained(process.stderr)]);
// Nothing is left to wait for; an idle pool or an unread standard input must not keep a command alive.
process.exit(status);
