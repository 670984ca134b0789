import { EntraClient, type CycleReport, type EntraSource } from "../entra-sim/index";
import { makeSource } from "../entra-sim/sample-source";
import type { Stage } from "./check";
import { CheckFailed, type Resource } from "./service";

/** One job in both dialects per check: a change goes out in the one, the next in the other. */
interface Play {
  readonly entra: EntraClient;
  readonly source: EntraSource;
  cycle(source: EntraSource): Promise<CycleReport>;
  user(): Promise<Resource>;
  group(): Promise<Resource>;
}

/** Plays a small directory through whole cycles of the simulator, in both dialects one after the other. */
export async function inBothDialects(
  stage: Stage,
  groups: number,
  play: (play: Play) => Promise<void>,
): Promise<string> {
  for (const dialect of ["legacy", "flag"] as const) {
    const entra = new EntraClient({ ...stage.target, dialect });
    const source = makeSource(3, groups, { tag: stage.unique().slice(0, 4) });
    const read = (path: string, sourceId: string) =>
      stage.service.get(`/${path}/${entra.targetId(sourceId) ?? ""}`);
    try {
      await play({
        entra,
        source,
        cycle: (next) => runCycle(entra, next),
        user: () => read("Users", source.users[1]!.id),
        group: () => read("Groups", source.groups[0]!.id),
      });
    } finally {
      await entra.cleanUp();
    }
  }
  return "legacy and flag dialect";
}

async function runCycle(entra: EntraClient, source: EntraSource): Promise<CycleReport> {
  const report = await entra.runCycle(source);
  const [failure] = report.failures;
  if (failure) throw new CheckFailed(`${failure.code}: ${failure.reason}`, failure.replay);
  if (report.quarantine) throw new CheckFailed(report.quarantine.reason, report.quarantine.replay);
  const [defect] = report.defects;
  if (defect !== undefined) throw new CheckFailed(defect, null);
  return report;
}
