"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useState, type ReactNode } from "react";

import type { Tone } from "../../../components/badge";
import { buttonClass } from "../../../components/button-class";
import { When } from "../../../components/when";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC, type ScimSettings } from "../../../trpc/client";
import { useScimConsole } from "../scim-console";

import { expiringCredentials } from "./expiring-credentials";
import { nextThing } from "./next-thing";

const DOT: Readonly<Record<ScimSettings["health"], string>> = {
  waiting: "bg-line-strong",
  connected: "bg-good",
  quiet: "bg-caution",
  failing: "bg-danger",
};
const TEXT: Readonly<Record<Tone, string>> = {
  plain: "",
  good: "text-ink-soft",
  caution: "text-caution",
  danger: "text-danger",
};

/** How provisioning is doing, at a glance: one sentence, the next thing to do, five figures. */
export function StatusCard() {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const { scim, provider, home } = useScimConsole();
  const [now] = useState(() => new Date());
  const credentials = useQuery(trpc.scim.credentials.list.queryOptions({ workspaceSlug: slug }));
  const next = nextThing({ ...scim, provider, expiring: expiringCredentials(credentials.data) }, now);
  return (
    <section aria-label="Status" className="rounded-xl border border-line bg-surface">
      <div className="flex items-start justify-between gap-x-6 gap-y-3 p-5 max-sm:flex-col max-sm:p-4">
        <div className="min-w-0">
          <p role="status" className="flex items-baseline gap-2.5 text-base font-semibold">
            <span
              aria-hidden
              className={clsx("size-2 shrink-0 -translate-y-px rounded-full", DOT[scim.health])}
            />
            <HealthSentence />
          </p>
          <p className={clsx("mt-1 max-w-prose pl-4.5 text-sm", TEXT[next.tone])}>{next.text}</p>
        </div>
        {next.action ? (
          <Link
            href={`${home}${next.action.path}`}
            className={buttonClass(next.tone === "danger" ? "primary" : "secondary", "max-sm:ml-4.5")}
          >
            {next.action.label}
            <ArrowRight size={16} strokeWidth={1.75} aria-hidden />
          </Link>
        ) : null}
      </div>
      <Figures />
    </section>
  );
}

function HealthSentence() {
  const { scim, provider } = useScimConsole();
  if (scim.lastRequestAt === null) return <span>{provider} has not called yet</span>;
  const last = <When at={scim.lastRequestAt} />;
  switch (scim.health) {
    case "failing":
      return <span>{provider} calls, but is mostly refused</span>;
    case "quiet":
      return (
        <span>
          {provider} has gone quiet; it last called {last}
        </span>
      );
    default:
      return (
        <span>
          {provider} is connected and last called {last}
        </span>
      );
  }
}

function Figures() {
  const { slug } = useWorkspace();
  const { scim, home } = useScimConsole();
  const members = `/w/${encodeURIComponent(slug)}/settings/members`;
  return (
    <dl className="grid grid-cols-5 divide-x divide-line border-t border-line max-md:grid-cols-2 max-md:divide-x-0">
      <Figure name="Last request">
        {scim.lastRequestAt ? <When at={scim.lastRequestAt} /> : "None yet"}
      </Figure>
      <Figure name="Last success">
        {scim.lastSuccessAt ? <When at={scim.lastSuccessAt} /> : "None yet"}
      </Figure>
      <Figure name="People" href={members}>
        {scim.members.toLocaleString("en")}
      </Figure>
      <Figure name="Groups" href={`${members}?tab=groups`}>
        {scim.groups.toLocaleString("en")}
      </Figure>
      <Figure
        name="Refused, last day"
        href={`${home}/log?outcome=problems&range=24h`}
        isBad={scim.errorsLastDay > 0}
      >
        {scim.errorsLastDay.toLocaleString("en")}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  /** Where one sees what was counted. */
  readonly href?: string;
  readonly isBad?: boolean;
  readonly children: ReactNode;
}

function Figure({ name, href, isBad = false, children }: FigureProps) {
  return (
    <div className="min-w-0 px-5 py-3 max-sm:px-4">
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className={clsx("mt-0.5 text-lg font-semibold tabular-nums", isBad && "text-danger")}>
        {href ? (
          <Link href={href} className="rounded-sm underline-offset-4 hover:underline">
            {children}
          </Link>
        ) : (
          children
        )}
      </dd>
    </div>
  );
}
