"use client";

import clsx from "clsx";
import { Check, type LucideIcon } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { createContext, use, useId, useMemo, useRef, type ReactNode } from "react";

const ITEM =
  "flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-[highlighted]:bg-press data-[disabled]:text-ink-soft pointer-coarse:min-h-9";

/** Takes what a chosen item does, to be run once the menu is closed. */
const ChosenContext = createContext<((run: () => void) => void) | null>(null);

export interface MenuProps {
  /** The button that opens it; must take a ref and spread props. */
  readonly trigger: ReactNode;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
  readonly className?: string;
}

/**
 * A menu under a button; arrow keys, type-ahead and Escape work as people expect. A chosen item runs after the
 * focus is back on the button, so that a dialog it opens returns the focus there and not to an item that is gone.
 */
export function Menu({ trigger, align = "end", children, className }: MenuProps) {
  const chosen = useRef<(() => void) | null>(null);
  const choose = useMemo(
    () => (run: () => void) => {
      chosen.current = run;
    },
    [],
  );
  const runChosen = () => {
    const run = chosen.current;
    chosen.current = null;
    if (run) queueMicrotask(run);
  };
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={runChosen}
          className={clsx("z-50 min-w-44 animate-rise rounded-xl bg-surface p-1 shadow-float", className)}
        >
          <ChosenContext value={choose}>{children}</ChosenContext>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps {
  readonly icon?: LucideIcon;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Why it cannot be done: shown below, and read out, because the item keeps its place for the keyboard. */
  readonly refusal?: string | undefined;
  readonly onSelect?: () => void;
  /** With `asChild` the single child (a link) is the item. */
  readonly asChild?: boolean;
  readonly children: ReactNode;
}

/** One thing a menu can do. */
export function MenuItem({
  icon: Icon,
  danger = false,
  disabled = false,
  refusal,
  onSelect,
  asChild,
  children,
}: MenuItemProps) {
  const choose = use(ChosenContext);
  const id = useId();
  const className = clsx(ITEM, danger && "text-danger");
  if (asChild) {
    return (
      <Radix.Item asChild className={className}>
        {children}
      </Radix.Item>
    );
  }
  if (refusal !== undefined) {
    return (
      <Radix.Item
        aria-disabled
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-why`}
        className={clsx(ITEM, "max-w-72 items-start text-ink-soft")}
        onSelect={(event) => event.preventDefault()}
      >
        {Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" /> : null}
        <span>
          <span id={`${id}-name`}>{children}</span>
          <span id={`${id}-why`} className="block text-xs">
            {refusal}
          </span>
        </span>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item
      className={className}
      disabled={disabled}
      onSelect={() => (onSelect ? choose?.(onSelect) : undefined)}
    >
      {Icon ? (
        <Icon size={16} strokeWidth={1.75} aria-hidden className={danger ? "" : "text-ink-soft"} />
      ) : null}
      {children}
    </Radix.Item>
  );
}

/** A choice of one among several inside a menu. */
export function MenuChoice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <Radix.RadioGroup
      value={props.value}
      onValueChange={(value) => props.onChange(value as T)}
      aria-label={props.label}
    >
      <Radix.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-soft">{props.label}</Radix.Label>
      {props.options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          className={ITEM}
          onSelect={(event) => event.preventDefault()}
        >
          <span className="inline-grid size-4 place-items-center">
            <Radix.ItemIndicator>
              <Check size={16} strokeWidth={1.75} aria-hidden />
            </Radix.ItemIndicator>
          </span>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

/** A quiet line between groups of items. */
export function MenuLine() {
  return <Radix.Separator className="mx-1 my-1 h-px bg-line" />;
}
