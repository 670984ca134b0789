import { pino, type Logger } from "pino";

import { env } from "./env";
import { processSlot } from "./slot";

/** Never in a log line, however deep an object carries them. */
const SECRET_FIELDS = ["authorization", "cookie", "token", "password", "SAMLResponse", "secret", "code"];

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** JSON lines on standard output; the message is constant, the data are fields. */
export function log(): Logger {
  return processSlot("logger", () => makeLogger(STANDARD_OUTPUT));
}

/** Sends this process's log to standard error, for commands whose standard output is their result. Call it first. */
export function logToStandardError(): void {
  processSlot("logger", () => makeLogger(STANDARD_ERROR));
}

function makeLogger(dest: number): Logger {
  const output = pino.destination({ dest, sync: true });
  // A reader that went away must not take the server with it; there is nobody left to tell.
  output.on("error", () => {});
  return pino(
    {
      level: env().logLevel,
      base: null,
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: "[secret]",
      },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    output,
  );
}
