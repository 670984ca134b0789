import clsx from "clsx";
import { Check } from "lucide-react";
import { useId, type ReactNode } from "react";

export type StepState = "done" | "now" | "later";

const SAID: Readonly<Record<StepState, string>> = { done: "done", now: "next", later: "later" };

/** A list of steps in their order. */
export function Steps({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ol aria-label={label} className="flex max-w-3xl flex-col gap-4">
      {children}
    </ol>
  );
}

/** One step on a card: its number (a tick once it is done), what it is for, and what to do. */
export function Step({
  number,
  title,
  description,
  state,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly description?: ReactNode;
  readonly state: StepState;
  readonly children?: ReactNode;
}) {
  const id = useId();
  return (
    <li
      aria-labelledby={id}
      className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 rounded-xl border border-line bg-surface p-5 max-sm:gap-x-3 max-sm:p-4"
    >
      <span
        aria-hidden
        className={clsx(
          "grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold tabular-nums",
          state === "done" && "bg-accent-wash text-accent",
          state === "now" && "bg-accent text-accent-ink",
          state === "later" && "border border-line-strong text-ink-soft",
        )}
      >
        {state === "done" ? <Check size={14} strokeWidth={2.25} /> : number}
      </span>
      <h2 id={id} className="text-base font-semibold">
        {title}
        <span className="sr-only">, {SAID[state]}</span>
      </h2>
      <div className="col-start-2 min-w-0 max-sm:col-span-2 max-sm:col-start-1">
        {description ? (
          <div className="mt-0.5 max-w-prose text-sm text-ink-soft max-sm:mt-2">{description}</div>
        ) : null}
        {children ? <div className="mt-4 flex flex-col gap-4">{children}</div> : null}
      </div>
    </li>
  );
}
