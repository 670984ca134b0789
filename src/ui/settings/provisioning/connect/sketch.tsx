import clsx from "clsx";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

/**
 * Drawings of the other side's forms, in our own tokens: which field takes which value. Pictures only, so a screen
 * reader hears the description and none of the parts.
 */
export function Sketch({
  title,
  description,
  children,
}: {
  /** What stands over the form there. */
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
}) {
  return (
    <figure
      role="img"
      aria-label={description}
      className="max-w-md rounded-lg border border-line bg-paper p-4 text-xs select-none"
    >
      <div aria-hidden>
        <p className="mb-3 flex items-center gap-1.5 font-semibold">
          <span className="flex gap-1">
            <Dot />
            <Dot />
            <Dot />
          </span>
          <span className="ml-1">{title}</span>
        </p>
        <div className="flex flex-col gap-2.5">{children}</div>
      </div>
    </figure>
  );
}

const Dot = () => <span className="size-1.5 rounded-full bg-line-strong opacity-60" />;

/** A field of the form. With a value it is one to fill in; without one it stays as it is. */
export function SketchField({
  name,
  value,
  mono = false,
}: {
  readonly name: string;
  readonly value?: string;
  readonly mono?: boolean;
}) {
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-center gap-3 max-sm:grid-cols-1 max-sm:gap-1">
      <span className={value ? "font-medium" : "text-ink-soft"}>{name}</span>
      <span
        className={clsx(
          "flex h-7 items-center overflow-hidden rounded-md border bg-surface px-2",
          value ? "border-accent text-ink ring-2 ring-accent-wash" : "border-line",
        )}
      >
        <span className={clsx("truncate", mono && "font-mono")}>{value ?? ""}</span>
      </span>
    </div>
  );
}

/** A button of the form; the one to press is filled. */
export function SketchButton({
  children,
  press = false,
}: {
  readonly children: string;
  readonly press?: boolean;
}) {
  return (
    <span
      className={clsx(
        "inline-flex h-7 items-center self-start rounded-md px-2.5 font-medium",
        press ? "bg-accent text-accent-ink" : "border border-line bg-surface text-ink-soft",
      )}
    >
      {children}
    </span>
  );
}

/** A choice among several, with the right one taken. */
export function SketchChoice({
  options,
  chosen,
}: {
  readonly options: readonly string[];
  readonly chosen: string;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      {options.map((option) => (
        <span
          key={option}
          className={clsx("flex items-center gap-2", option === chosen ? "font-medium" : "text-ink-soft")}
        >
          <span
            className={clsx(
              "grid size-3.5 place-items-center rounded-full border",
              option === chosen ? "border-accent bg-accent text-accent-ink" : "border-line-strong",
            )}
          >
            {option === chosen ? <Check size={10} strokeWidth={3} /> : null}
          </span>
          {option}
        </span>
      ))}
    </div>
  );
}
