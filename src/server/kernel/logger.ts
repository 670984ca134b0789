import { pino, type Logger } from "pino";

import { env } from "./env";
import { processSlot } from "./slot";

/** Never in a log line, however deep an object carries them. */
const SECRET_FIELDS = ["authorization", "cookie", "token", "password", "SAMLResponse", "secret", "code"];

/** JSON lines on standard output; the message is constant, the data are fields. */
export function log(): Logger {
  return processSlot("logger", () =>
    pino({
      level: env().logLevel,
      base: null,
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: "[secret]",
      },
      timestamp: pino.stdTimeFunctions.isoTime,
    }),
  );
}
