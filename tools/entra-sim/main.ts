/** `npm run entra-sim`: plays Entra's provisioning service against a SCIM service. See --help. */
import { writeFileSync } from "node:fs";

import { Command } from "commander";

import {
  addServiceOptions,
  oneOrAll,
  parseTenantUrl,
  readToken,
  runProgram,
  wholeNumber,
  type ServiceOptions,
} from "./cli-options";
import { DIALECTS, type Dialect } from "./dialect";
import { runLoad } from "./load";
import { MATCHINGS, ROLE_FORMS, type Matching, type RoleForm } from "./mapping";
import { renderLoad, renderRun, runAsJson } from "./report";
import { runJob, type RunConfig, type RunResult } from "./run";
import { URL_FORMS, type UrlForm } from "./url-forms";
import { toScript, type ScimTarget } from "./wire";

interface Options extends ServiceOptions {
  readonly dialect?: readonly Dialect[];
  readonly urlForm: readonly UrlForm[];
  readonly matching: readonly Matching[];
  readonly roles: readonly RoleForm[];
  readonly users: number;
  readonly groups: number;
  readonly cycles: number;
  readonly batch: number;
  readonly seed: number;
  readonly validator: boolean;
  readonly keep: boolean;
  readonly trace?: string;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly rate?: number;
  readonly seconds: number;
}

const say = (text: string) => void process.stdout.write(`${text}\n`);

const program = addServiceOptions(new Command("entra-sim"))
  .description(
    "Plays Microsoft Entra's provisioning service against a SCIM service, as strictly as Entra: connection test,\n" +
      "initial and incremental cycles, an idle cycle that must not write, on-demand, Account Discovery.\n" +
      "Makes people and groups of its own and deletes them at the end. Do not aim it at a service whose\n" +
      "newcomers get mail or cost money without thinking of --users.",
  )
  .option(
    "--dialect <dialect>",
    `${DIALECTS.join(", ")} or all; by default as the flag in the URL says`,
    oneOrAll(DIALECTS),
  )
  .option("--url-form <form>", "F1 (ordinary) to F9, or all", oneOrAll(URL_FORMS), ["F1"])
  .option("--matching <attribute>", `${MATCHINGS.join(", ")} or all`, oneOrAll(MATCHINGS), ["userName"])
  .option(
    "--roles <form>",
    `how app roles are mapped: ${ROLE_FORMS.join(", ")} or all`,
    oneOrAll(ROLE_FORMS),
    ["none"],
  )
  .option("--users <n>", "how many people", wholeNumber(2, 100_000), 200)
  .option("--groups <n>", "how many groups", wholeNumber(0, 10_000), 20)
  .option("--cycles <n>", "incremental cycles after the initial one", wholeNumber(0, 100), 3)
  .option("--batch <n>", "members in one PATCH", wholeNumber(1, 5000), 1000)
  .option("--seed <n>", "decides the order of objects and keys", wholeNumber(0, 2 ** 31), 1)
  .option(
    "--validator",
    'also clear every optional attribute by "" and null, as Microsoft\'s validation does',
    false,
  )
  .option("--keep", "leave on the service what was made", false)
  .option("--trace <file>", "write every request as a shell script that sends it again with $TOKEN")
  .option("--rate <n>", "instead of cycles: a mix of requests, so many a second", wholeNumber(1, 1000))
  .option("--seconds <n>", "how long the mix lasts", wholeNumber(1, 3600), 60)
  .option("--json", "the results as JSON", false)
  .option("--verbose", "every step, not only what is wrong", false)
  .addHelpText(
    "after",
    "\nEnds with 0 when the service is as Entra needs it, with 1 when it is not, with 2 for wrong options.\n" +
      "Example: SCIM_TOKEN=… npm run -s entra-sim -- --url https://board.example/public-api/scim-v2 --dialect all --url-form all",
  );

await runProgram(program, () => main(program.opts<Options>()));

async function main(options: Options): Promise<number> {
  const { baseUrl, flagged } = parseTenantUrl(options.url);
  const target: ScimTarget = { baseUrl, token: await readToken(options) };
  if (options.rate !== undefined) return playLoad(target, options, options.rate);
  const results: RunResult[] = [];
  for (const config of combinations(options, flagged)) {
    const result = await runJob(target, config);
    if (!options.json) say(renderRun(result, options.verbose));
    results.push(result);
  }
  if (options.trace)
    writeFileSync(options.trace, toScript(results.flatMap((result) => [...result.trace])), { mode: 0o600 });
  const failed = results.filter((result) => !result.ok).length;
  if (options.json) say(JSON.stringify({ ok: failed === 0, runs: results.map(runAsJson) }, null, 2));
  else
    say(
      failed === 0
        ? `All ${results.length} runs converged.`
        : `${failed} of ${results.length} runs found faults.`,
    );
  return failed === 0 ? 0 : 1;
}

async function playLoad(target: ScimTarget, options: Options, rate: number): Promise<number> {
  const load = await runLoad(target, { rate, seconds: options.seconds, seed: options.seed });
  say(options.json ? JSON.stringify(load, null, 2) : renderLoad(load, rate));
  return load.errors === 0 ? 0 : 1;
}

function combinations(options: Options, flagged: boolean): RunConfig[] {
  const { users, groups, cycles, seed, validator, keep, batch: batchSize } = options;
  const dialects: readonly Dialect[] = options.dialect ?? [flagged ? "flag" : "legacy"];
  return dialects.flatMap((dialect) =>
    options.urlForm.flatMap((urlForm) =>
      options.matching.flatMap((matching) =>
        options.roles.map((roles) => ({
          dialect,
          urlForm,
          matching,
          roles,
          users,
          groups,
          cycles,
          batchSize,
          seed,
          validator,
          keep,
        })),
      ),
    ),
  );
}
