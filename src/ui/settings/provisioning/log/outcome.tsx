import { Badge, type Tone } from "../../../components/badge";
import type { ScimLogEntry } from "../../../trpc/client";

const WORDS: Readonly<Record<ScimLogEntry["outcome"], readonly [Tone, string]>> = {
  done: ["good", "Done"],
  unchanged: ["plain", "No change"],
  refused: ["caution", "Refused"],
  failed: ["danger", "Failed"],
};

/** How a request ended, in a word. A read that was answered is no event, and keeps its voice down. */
export function Outcome({ entry }: { readonly entry: Pick<ScimLogEntry, "outcome" | "method" | "path"> }) {
  const [tone, word] = WORDS[entry.outcome];
  const isQuiet = entry.outcome === "done" && (entry.method === "GET" || /\/\.search\b/.test(entry.path));
  return <Badge tone={isQuiet ? "plain" : tone}>{isQuiet ? "Read" : word}</Badge>;
}
