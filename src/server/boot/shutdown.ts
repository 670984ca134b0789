import { log } from "#server/kernel/logger";

/** A shutdown that takes longer is cut off: whoever supervises the process would kill it soon anyway. */
const STOP_MS = 10_000;

export interface Shutdown {
  /** Takes a step at the end, before those that were added earlier. When the end has come already, at once. */
  add(step: () => Promise<void>): Promise<void>;
}

/**
 * Runs the steps on SIGINT or SIGTERM, last added first, then exits. It listens from the first moment: a signal in
 * the middle of a start must not leave the database running behind it.
 */
export function createShutdown(exit: (status: number) => void = (status) => process.exit(status)): Shutdown {
  const steps: (() => Promise<void>)[] = [];
  let ending = false;

  async function end(signal: string): Promise<void> {
    if (ending) return;
    ending = true;
    log().info({ signal }, "stopping");
    setTimeout(() => exit(1), STOP_MS).unref();
    if (steps.length === 0) return;
    await runAll();
  }

  async function runAll(): Promise<void> {
    let status = 0;
    for (let step = steps.pop(); step; step = steps.pop()) {
      await step().catch((error: unknown) => {
        status = 1;
        log().error({ err: error }, "a step of the shutdown failed");
      });
    }
    exit(status);
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(signal));
  return {
    async add(step) {
      steps.push(step);
      if (ending) await runAll();
    },
  };
}
