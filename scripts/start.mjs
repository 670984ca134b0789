/** `npm start`: checks the environment, builds when needed, then becomes the server. */
import { build, bundle } from "./build.mjs";

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

try {
  await bundle();
  // Before Next's build, which takes a minute: nobody should wait that long to hear of a wrong variable.
  const { parseEnv } = await import("../dist/env.mjs");
  parseEnv(process.env);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

try {
  await build({ say: (line) => process.stdout.write(`${line}\n`) });
} catch (error) {
  process.stderr.write(`The build failed: ${error.message}\n`);
  process.exit(1);
}
await import("../dist/server.mjs");
