"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";

import { CodeBlock } from "../../../components/code-block";
import { CopyButton } from "../../../components/copy-button";
import { ErrorNote } from "../../../components/error-note";
import { formatFull } from "../../../components/format-time";
import { Skeleton } from "../../../components/skeleton";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC, type ScimLogEntry } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";
import { useScimConsole } from "../scim-console";

import { explainEntry } from "./explain-entry";
import { prettyBody } from "./pretty-body";

const TOKENS: Readonly<Record<ScimLogEntry["tokenKind"], string>> = {
  pasted: "the secret token",
  issued: "a token of an OAuth client",
  self_test: "the self-test's own token",
};

/** Requests whose bodies tell nothing have none; this is said instead of an empty box. */
const NO_BODY = "Nothing was sent along.";

export interface LogDetailProps {
  readonly entry: ScimLogEntry;
  /** Narrows the log to a person or group. */
  readonly onPick: (subjectId: string) => void;
}

/** A request in full: what it means, whom it concerned, what was said by both sides. */
export function LogDetail({ entry, onPick }: LogDetailProps) {
  return (
    <div className="flex flex-col gap-4 px-4 py-4 text-sm sm:pl-11">
      <Meaning entry={entry} />
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs leading-5">
        <dt className="text-ink-soft">Time</dt>
        <dd>{formatFull(entry.at)}</dd>
        <dt className="text-ink-soft">Request</dt>
        <dd className="font-mono break-all">
          {entry.method} {readable(entry.path)}
        </dd>
        <dt className="text-ink-soft">Answer</dt>
        <dd className="font-mono">
          {entry.status}
          {entry.scimType ? ` ${entry.scimType}` : ""}
        </dd>
        <dt className="text-ink-soft">Came with</dt>
        <dd>{TOKENS[entry.tokenKind]}</dd>
        {entry.subjects.length > 0 ? (
          <>
            <dt className="text-ink-soft">Concerns</dt>
            <dd>
              <Subjects subjects={entry.subjects} onPick={onPick} />
            </dd>
          </>
        ) : null}
      </dl>
      <Bodies id={entry.id} />
    </div>
  );
}

function Meaning({ entry }: { readonly entry: ScimLogEntry }) {
  const { provider } = useScimConsole();
  const explanation = explainEntry(entry, provider);
  if (!explanation) return null;
  return (
    <div
      className={clsx(
        "max-w-prose border-l-2 pl-3",
        entry.outcome === "failed" ? "border-danger" : "border-caution",
      )}
    >
      <p className="font-medium">{explanation.meaning}</p>
      {entry.detail ? <p className="mt-0.5">It was told: “{entry.detail}”</p> : null}
      <p className="mt-0.5 text-ink-soft">{explanation.todo}</p>
    </div>
  );
}

const SHOWN_SUBJECTS = 12;

function Subjects({
  subjects,
  onPick,
}: {
  readonly subjects: ScimLogEntry["subjects"];
  readonly onPick: (subjectId: string) => void;
}) {
  const rest = subjects.length - SHOWN_SUBJECTS;
  return (
    <span className="flex flex-wrap gap-x-3">
      {subjects.slice(0, SHOWN_SUBJECTS).map((subject) => (
        <button
          key={subject.id}
          type="button"
          title="Show only what concerns this one"
          onClick={() => onPick(subject.id)}
          className="rounded-sm text-left text-accent underline underline-offset-2"
        >
          {subject.name}
        </button>
      ))}
      {rest > 0 ? <span className="text-ink-soft">and {rest.toLocaleString("en")} more</span> : null}
    </span>
  );
}

function Bodies({ id }: { readonly id: string }) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  // What was said does not change.
  const whole = useQuery({
    ...trpc.scim.log.get.queryOptions({ workspaceSlug: slug, id }),
    staleTime: Infinity,
  });
  if (whole.error) return <ErrorNote>{errorText(whole.error)}</ErrorNote>;
  if (!whole.data) {
    return (
      <div role="status" aria-label="Loading">
        <Skeleton className="h-32" />
      </div>
    );
  }
  const { requestBody, answerBody, curl } = whole.data;
  return (
    <>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {requestBody === null ? null : <CodeBlock title="Request" text={prettyBody(requestBody)} />}
        {answerBody === null ? null : <CodeBlock title="Answer" text={prettyBody(answerBody)} />}
      </div>
      {requestBody === null && answerBody === null ? (
        <p className="text-xs text-ink-soft">{NO_BODY}</p>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-soft">
        <CopyButton value={curl} what="command" variant="secondary">
          Copy as curl
        </CopyButton>
        The command reads the token from $TOKEN; secrets are never in the log.
      </div>
    </>
  );
}

/** The path as it was meant: Entra writes spaces and quotes as %20 and %22. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll("+", " "));
  } catch {
    return path;
  }
}
