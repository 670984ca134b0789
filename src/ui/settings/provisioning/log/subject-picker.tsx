"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { Search, User, UsersRound, X } from "lucide-react";
import { useDeferredValue, useId, useState, type KeyboardEvent } from "react";

import { CONTROL } from "../../../components/field";
import { IconButton } from "../../../components/icon-button";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC, type Subject } from "../../../trpc/client";

export interface SubjectPickerProps {
  /** The id that is picked. */
  readonly value: string | null;
  /** Its name where the page knows it; of a deleted group nobody else does. */
  readonly knownName: string | undefined;
  readonly onChange: (id: string | null) => void;
}

/** A search field that ends in one person or group. */
export function SubjectPicker({ value, knownName, onChange }: SubjectPickerProps) {
  // Field and chip take each other's place, and the keyboard goes along once somebody has used them.
  const [isUsed, setUsed] = useState(false);
  const change = (id: string | null) => {
    setUsed(true);
    onChange(id);
  };
  return value === null ? (
    <SubjectSearch takesFocus={isUsed} onPick={(subject) => change(subject.id)} />
  ) : (
    <Picked id={value} knownName={knownName} takesFocus={isUsed} onClear={() => change(null)} />
  );
}

function Picked({
  id,
  knownName,
  takesFocus,
  onClear,
}: {
  readonly id: string;
  readonly takesFocus: boolean;
  readonly knownName: string | undefined;
  readonly onClear: () => void;
}) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const found = useQuery({
    ...trpc.members.subjects.queryOptions({ workspaceSlug: slug, text: id }),
    enabled: knownName === undefined,
    staleTime: Infinity,
  });
  const name = knownName ?? found.data?.[0]?.name ?? `…${id.slice(-6)}`;
  return (
    <div className="flex h-8 w-48 items-center gap-1 rounded-lg border border-accent bg-accent-wash pl-3 text-sm max-sm:w-full xl:w-64 pointer-coarse:h-9">
      <span className="min-w-0 flex-1 truncate">
        <span className="sr-only">Only </span>
        {name}
      </span>
      <IconButton
        icon={X}
        label={`Show everybody, not only ${name}`}
        autoFocus={takesFocus}
        onClick={onClear}
        className="size-7"
      />
    </div>
  );
}

interface SubjectSearchProps {
  readonly takesFocus: boolean;
  readonly onPick: (subject: Subject) => void;
}

function SubjectSearch({ takesFocus, onPick }: SubjectSearchProps) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const id = useId();
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  // Typing never waits for the list; of quick letters only the last asks.
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({
    ...trpc.members.subjects.queryOptions({ workspaceSlug: slug, text: wanted }),
    enabled: wanted !== "",
    placeholderData: keepPreviousData,
  });
  const options = wanted === "" ? [] : (found.data ?? []);
  const isShown = isOpen && wanted !== "" && found.data !== undefined;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setOpen(false);
    if (!isShown || options.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((active + step + options.length) % options.length);
    }
    const option = options[active];
    if (event.key === "Enter" && option) onPick(option);
  };

  return (
    <div className="relative w-48 max-sm:w-full xl:w-64">
      <Search
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-soft"
      />
      <input
        role="combobox"
        autoFocus={takesFocus}
        aria-label="Person or group"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && options[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        placeholder="Person or group"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className={clsx(CONTROL, "h-8 pl-8 pointer-coarse:h-9")}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="People and groups"
        hidden={!isShown}
        className="absolute top-full left-0 z-20 mt-1 max-h-80 w-full min-w-64 overflow-y-auto rounded-xl bg-surface p-1 shadow-float"
      >
        {options.map((option, index) => (
          <div
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            // The field would lose the focus, and the list close, before the click arrives.
            onPointerDown={(event) => event.preventDefault()}
            onPointerEnter={() => setActive(index)}
            tabIndex={-1}
            onKeyDown={onKeyDown}
            onClick={() => onPick(option)}
            className={clsx(
              "flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5",
              index === active && "bg-press",
            )}
          >
            <SubjectLine subject={option} />
          </div>
        ))}
        {options.length === 0 ? (
          <div
            role="option"
            tabIndex={-1}
            aria-disabled
            aria-selected={false}
            className="px-2 py-1.5 text-sm text-ink-soft"
          >
            Nobody and no group matches “{wanted}”
          </div>
        ) : null}
      </div>
    </div>
  );
}

function SubjectLine({ subject }: { readonly subject: Subject }) {
  const Icon = subject.kind === "group" ? UsersRound : User;
  return (
    <>
      <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-soft" />
      <span className="min-w-0 text-sm">
        <span className="block truncate">
          {subject.name}
          {subject.deleted ? <span className="text-ink-soft"> (deleted)</span> : null}
        </span>
        <span className="block truncate text-xs text-ink-soft">{subject.userName ?? "Group"}</span>
      </span>
    </>
  );
}
