"use client";

import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useRef, useState, type KeyboardEvent, type MouseEvent } from "react";

import { useScimConsole } from "../scim-console";

import { scaleTop, spanOf, stack, sumOf, type Bar, type ChartDays } from "./chart-bars";

const HEIGHT = 120;
const PARTS = [
  { part: "reads", label: "reads", fill: "fill-line-strong", dot: "bg-line-strong" },
  { part: "writes", label: "changes", fill: "fill-accent", dot: "bg-accent" },
  { part: "errors", label: "refused", fill: "fill-danger", dot: "bg-danger" },
] as const;
const FILL = Object.fromEntries(PARTS.map(({ part, fill }) => [part, fill]));

/**
 * Requests over time, one bar a span. The chart is one stop for the keyboard: arrow keys, Home and End go from bar
 * to bar, Enter opens the log of that time.
 */
export function ActivityChart({ bars, days }: { readonly bars: readonly Bar[]; readonly days: ChartDays }) {
  const [current, setCurrent] = useState<number | null>(null);
  const looked = current === null ? undefined : bars[current];
  const top = scaleTop(bars);
  return (
    <div className="flex flex-col gap-2">
      <Readout bars={bars} looked={looked} days={days} />
      <div className="relative pt-2 pl-9">
        {[top, top / 2, 0].map((value) => (
          <span
            key={value}
            aria-hidden
            className="absolute left-0 w-7 text-right text-xs leading-4 text-ink-soft tabular-nums"
            style={{ top: (1 - value / top) * HEIGHT }}
          >
            {value.toLocaleString("en", { notation: "compact" })}
          </span>
        ))}
        <Bars bars={bars} days={days} top={top} onLook={setCurrent} />
        <Ends bars={bars} days={days} />
      </div>
    </div>
  );
}

/** What the bar under the pointer or the keyboard stands for; the whole time when there is none. Also the legend. */
function Readout({
  bars,
  looked,
  days,
}: {
  readonly bars: readonly Bar[];
  readonly looked: Bar | undefined;
  readonly days: ChartDays;
}) {
  const counts = looked ?? sumOf(bars);
  return (
    <p
      aria-hidden
      className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-xs text-ink-soft tabular-nums"
    >
      <span className="min-w-44 font-medium text-ink max-sm:basis-full">
        {looked ? spanOf(looked, days) : days === 1 ? "Last 24 hours" : `Last ${days} days`}
      </span>
      {PARTS.map(({ part, label, dot }) => (
        <span key={part} className="inline-flex items-center gap-1.5">
          <span className={clsx("size-2 rounded-xs", dot)} />
          {counts[part].toLocaleString("en")} {label}
        </span>
      ))}
    </p>
  );
}

interface BarsProps {
  readonly bars: readonly Bar[];
  readonly days: ChartDays;
  readonly top: number;
  readonly onLook: (index: number | null) => void;
}

function Bars({ bars, days, top, onLook }: BarsProps) {
  const chart = useRef<SVGSVGElement>(null);
  const [stop, setStop] = useState(bars.length - 1);
  const width = 100 / bars.length;
  const moveTo = (event: KeyboardEvent, index: number) => {
    event.preventDefault();
    const next = Math.min(bars.length - 1, Math.max(0, index));
    setStop(next);
    chart.current?.querySelectorAll("a")[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") moveTo(event, stop + 1);
    if (event.key === "ArrowLeft") moveTo(event, stop - 1);
    if (event.key === "Home") moveTo(event, 0);
    if (event.key === "End") moveTo(event, bars.length - 1);
  };
  return (
    <svg
      ref={chart}
      role="group"
      aria-label="Requests over time. Arrow keys move from bar to bar, Enter opens the log."
      width="100%"
      height={HEIGHT}
      className="block overflow-visible"
      onPointerLeave={() => onLook(null)}
    >
      {[0, HEIGHT / 2, HEIGHT].map((y) => (
        <line key={y} x1="0" x2="100%" y1={y} y2={y} className="stroke-line" />
      ))}
      {bars.map((bar, index) => (
        <BarLink
          key={bar.from.getTime()}
          bar={bar}
          name={barName(bar, days)}
          isStop={index === Math.min(stop, bars.length - 1)}
          onLook={() => onLook(index)}
          onKeyDown={onKeyDown}
          onFocus={() => {
            setStop(index);
            onLook(index);
          }}
          onBlur={() => onLook(null)}
        >
          <rect
            className="bar-ring fill-transparent"
            x={`${index * width}%`}
            y={-4}
            width={`${width}%`}
            height={HEIGHT + 8}
            rx={4}
          />
          {stack(bar, top, HEIGHT).map(({ part, y, height }) => (
            <rect
              key={part}
              className={FILL[part]}
              x={`${(index + 0.14) * width}%`}
              width={`${width * 0.72}%`}
              y={y}
              // A hairline of the card between two parts tells them apart without their colours.
              height={Math.max(1.5, height - 1)}
              rx={1.5}
            />
          ))}
        </BarLink>
      ))}
    </svg>
  );
}

interface BarLinkProps {
  readonly bar: Bar;
  readonly name: string;
  readonly isStop: boolean;
  readonly onLook: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly children: React.ReactNode;
}

function BarLink({ bar, name, isStop, onLook, onKeyDown, onFocus, onBlur, children }: BarLinkProps) {
  const { home } = useScimConsole();
  const router = useRouter();
  const span = new URLSearchParams({ from: bar.from.toISOString(), to: bar.to.toISOString() });
  const href = `${home}/log?${span.toString()}`;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    router.push(href);
  };
  return (
    <a
      href={href}
      aria-label={name}
      tabIndex={isStop ? 0 : -1}
      onClick={open}
      onKeyDown={onKeyDown}
      onPointerEnter={onLook}
      onFocus={onFocus}
      onBlur={onBlur}
      className="group outline-none [&:focus-visible_.bar-ring]:fill-hover [&:focus-visible_.bar-ring]:stroke-accent [&:focus-visible_.bar-ring]:stroke-2 [&:hover_.bar-ring]:fill-hover"
    >
      {children}
    </a>
  );
}

function barName(bar: Bar, days: ChartDays): string {
  const counts = PARTS.map(({ part, label }) => `${bar[part]} ${label}`);
  return `${spanOf(bar, days)}: ${counts.join(", ")}`;
}

function Ends({ bars, days }: { readonly bars: readonly Bar[]; readonly days: ChartDays }) {
  const first = bars[0];
  if (!first) return null;
  return (
    <p aria-hidden className="mt-1.5 flex justify-between text-xs text-ink-soft tabular-nums">
      <span>{days === 1 ? `Yesterday, ${spanOf(first, days).slice(0, 5)}` : spanOf(first, 30)}</span>
      <span>{days === 1 ? "Now" : "Today"}</span>
    </p>
  );
}
