/** `npm run demo [-- --once]`: the tools of the tests are TypeScript, which tsx runs as it is. */
import { register } from "tsx/esm/api";

register();
await import("./demo.ts");
