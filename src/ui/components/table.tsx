import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A dense table in a card. On narrow screens it scrolls sideways inside its own box, never the page. */
export function Table({
  label,
  head,
  children,
}: {
  readonly label: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="overflow-x-auto rounded-xl border border-line bg-surface">
      <table aria-label={label} className="w-full text-left text-sm tabular-nums">
        <thead className="border-b border-line text-xs text-ink-soft">
          <tr>{head}</tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </div>
  );
}

export function HeadCell({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx("h-9 px-4 font-medium whitespace-nowrap max-sm:px-3", className)}
    />
  );
}

export function Cell({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={clsx("px-4 py-2 align-middle max-sm:px-3", className)} />;
}
