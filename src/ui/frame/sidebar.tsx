"use client";

import { ArrowLeft, KeyRound, LayoutGrid, RefreshCw, ScrollText, Settings, Users } from "lucide-react";
import { usePathname } from "next/navigation";

import { NavLink } from "./nav-link";
import { useWorkspace } from "./workspace-context";

/** The places of the workspace; inside the settings, the settings' sections and the way back. */
export function Sidebar() {
  const { slug } = useWorkspace();
  const home = `/w/${encodeURIComponent(slug)}`;
  const isInSettings = usePathname().startsWith(`${home}/settings`);
  return (
    <nav aria-label={isInSettings ? "Workspace settings" : "Workspace"} className="flex flex-col gap-0.5">
      {isInSettings ? (
        <SettingsLinks home={home} />
      ) : (
        <NavLink href={home} icon={LayoutGrid}>
          Boards
        </NavLink>
      )}
    </nav>
  );
}

function SettingsLinks({ home }: { readonly home: string }) {
  const { canManage } = useWorkspace();
  const settings = `${home}/settings`;
  return (
    <>
      <NavLink href={home} icon={ArrowLeft}>
        Back to boards
      </NavLink>
      <p className="px-2 pt-4 pb-1 text-xs font-medium text-ink-soft">Workspace settings</p>
      {canManage ? (
        <NavLink href={`${settings}/general`} icon={Settings}>
          General
        </NavLink>
      ) : null}
      <NavLink href={`${settings}/members`} icon={Users}>
        Members
      </NavLink>
      {canManage ? (
        <>
          <NavLink href={`${settings}/sso`} icon={KeyRound}>
            Single sign-on
          </NavLink>
          <NavLink href={`${settings}/provisioning`} icon={RefreshCw} hasPages>
            Provisioning
          </NavLink>
          <NavLink href={`${settings}/audit`} icon={ScrollText}>
            Audit log
          </NavLink>
        </>
      ) : null}
    </>
  );
}
