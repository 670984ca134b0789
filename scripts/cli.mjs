/** `npm run -s cli -- COMMAND`: bundles the command line when the sources have changed, then runs it. */
import { bundle } from "./build.mjs";

process.env.NODE_ENV ??= "production";
process.env.LOG_LEVEL ??= "warn";

await bundle();
await import("../dist/cli.mjs");
