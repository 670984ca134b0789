/**
 * `npm run bench`: requests a second of SCIM create, match and patch on the embedded database, beside the bare limit
 * of the same database in the same run. Prints medians over the rounds with their spread; asserts nothing.
 */
import { benchScim, type ScimFigures } from "./scim-create-match";

const ROUNDS = 3;

const rounds: ScimFigures[] = [];
for (let round = 0; round < ROUNDS; round++) rounds.push(await benchScim());

function summary(of: (figures: ScimFigures) => number): { median: number; from: number; to: number } {
  const sorted = rounds.map(of).sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, from: sorted[0]!, to: sorted.at(-1)! };
}

const twoDigits = (value: number) => Math.round(value * 100) / 100;
const result = {
  createPerSecond: summary((figures) => figures.createPerSecond),
  matchPerSecond: summary((figures) => figures.matchPerSecond),
  patchPerSecond: summary((figures) => figures.patchPerSecond),
  matchP95Ms: summary((figures) => figures.matchP95Ms),
  bareInsertPerSecond: summary((figures) => figures.bareInsertPerSecond),
  bareSelectPerSecond: summary((figures) => figures.bareSelectPerSecond),
  createShareOfBareInsert: summary((f) => twoDigits(f.createPerSecond / f.bareInsertPerSecond)),
  matchShareOfBareSelect: summary((f) => twoDigits(f.matchPerSecond / f.bareSelectPerSecond)),
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exit(0);
