/** `npm start`: builds when needed, then becomes the server. */
import { build } from "./build.mjs";

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

try {
  await build({ say: (line) => process.stdout.write(`${line}\n`) });
} catch (error) {
  process.stderr.write(`The build failed: ${error.message}\n`);
  process.exit(1);
}
await import("../dist/server.mjs");
