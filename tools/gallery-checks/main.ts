/** `npm run gallery-checks`: Microsoft's published gallery validation against a started SCIM service. See --help. */
import { Command } from "commander";

import {
  addServiceOptions,
  parseTenantUrl,
  readToken,
  runProgram,
  type ServiceOptions,
} from "../entra-sim/cli-options";
import { ALL_CHECKS } from "./all-checks";
import { judge, runChecks } from "./check";
import { renderResult, renderSummary } from "./report";

interface Options extends ServiceOptions {
  readonly tokenEndpoint?: string;
  readonly clientId?: string;
  readonly json: boolean;
}

const say = (text: string) => void process.stdout.write(`${text}\n`);

const program = addServiceOptions(new Command("gallery-checks"))
  .description(
    "Runs the 25 tests that Microsoft publishes for apps of the Entra gallery, and what its web validator sends\n" +
      "beyond them, against a SCIM service. Whatever a test makes it deletes.",
  )
  .option(
    "--token-endpoint <url>",
    "for tests 21 and 22; the secret is read from SCIM_CLIENT_SECRET, a signed assertion from SCIM_CLIENT_ASSERTION",
  )
  .option("--client-id <id>", "the OAuth client")
  .option("--json", "the results as JSON", false)
  .addHelpText(
    "after",
    "\nEnds with 0 when no mandatory test fails, with 1 when one does, with 2 for wrong options.",
  );

await runProgram(program, () => main(program.opts<Options>()));

async function main(options: Options): Promise<number> {
  const { baseUrl } = parseTenantUrl(options.url);
  const { SCIM_CLIENT_SECRET: clientSecret, SCIM_CLIENT_ASSERTION: assertion } = process.env;
  const { tokenEndpoint, clientId } = options;
  const results = await runChecks(
    ALL_CHECKS,
    { baseUrl, token: await readToken(options) },
    {
      ...(tokenEndpoint && { tokenEndpoint }),
      ...(clientId && { clientId }),
      ...(clientSecret && { clientSecret }),
      ...(assertion && { assertion }),
    },
  );
  const { passed, authentication } = judge(results);
  if (options.json) say(JSON.stringify({ passed, authentication, results }, null, 2));
  else {
    for (const result of results) say(renderResult(result));
    say(renderSummary(results, authentication));
  }
  return passed ? 0 : 1;
}
