"use client";

import { useMutation } from "@tanstack/react-query";
import { ChevronDown, LogOut, Settings, Users } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";

import { hueOf } from "../components/hue";
import { initials } from "../components/initials";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../components/menu";
import { useToast } from "../components/toast";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";

import type { Theme } from "./theme";
import { useTheme } from "./use-theme";
import { useWorkspace } from "./workspace-context";

const THEMES: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: "system", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** The workspace's name at the top left, and everything that concerns the workspace as a whole under it. */
export function WorkspaceMenu() {
  const { name, slug, me, canManage, canSeeMembers } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const [theme, setTheme] = useTheme();
  const signOut = useMutation(
    trpc.auth.signOut.mutationOptions({
      onSuccess: () => window.location.assign(`/signin?workspace=${encodeURIComponent(slug)}`),
      onError: (error) => toast({ text: errorText(error), tone: "danger" }),
    }),
  );
  const settings = `/w/${encodeURIComponent(slug)}/settings`;

  return (
    <Menu align="start" className="w-60" trigger={<WorkspaceButton name={name} />}>
      <div className="px-2 pt-1.5 pb-2">
        <p className="truncate text-sm font-medium">{me.name}</p>
        <p className="truncate text-xs text-ink-soft">Signed in as {me.email ?? me.name}</p>
      </div>
      <MenuLine />
      {canManage ? (
        <MenuItem asChild>
          <Link href={`${settings}/general`}>
            <Settings size={16} strokeWidth={1.75} aria-hidden className="text-ink-soft" />
            Workspace settings
          </Link>
        </MenuItem>
      ) : null}
      {canSeeMembers ? (
        <MenuItem asChild>
          <Link href={`${settings}/members`}>
            <Users size={16} strokeWidth={1.75} aria-hidden className="text-ink-soft" />
            Members
          </Link>
        </MenuItem>
      ) : null}
      <MenuLine />
      <MenuChoice label="Appearance" value={theme} options={THEMES} onChange={setTheme} />
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={() => signOut.mutate()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** Spreads what the menu's trigger needs (ref, aria, handlers) onto the button. */
function WorkspaceButton({ name, ...rest }: { readonly name: string } & ComponentProps<"button">) {
  const hue = hueOf(name);
  return (
    <button
      type="button"
      {...rest}
      aria-label={`${name}, workspace menu`}
      className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-lg px-1.5 text-left transition-colors hover:bg-hover active:bg-press data-[state=open]:bg-press"
    >
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-md text-xs font-semibold"
        style={{ background: `var(--${hue}-note)`, color: `var(--${hue}-text)` }}
      >
        {initials(name).slice(0, 1)}
      </span>
      <span className="min-w-0 truncate text-sm font-semibold">{name}</span>
      <ChevronDown size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-soft" />
    </button>
  );
}
