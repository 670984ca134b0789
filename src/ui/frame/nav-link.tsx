"use client";

import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

/** A place in the sidebar; marked when it is the page one is on. */
export function NavLink({
  href,
  icon: Icon,
  hasPages = false,
  children,
}: {
  readonly href: string;
  readonly icon: LucideIcon;
  /** The place has pages below it, and is marked on them, too. */
  readonly hasPages?: boolean;
  readonly children: string;
}) {
  const path = usePathname();
  const isHere = path === href || (hasPages && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={clsx(
        "flex h-8 items-center gap-2 rounded-lg px-2 text-sm transition-colors pointer-coarse:h-10",
        isHere ? "bg-press font-medium text-ink" : "text-ink-soft hover:bg-hover hover:text-ink",
      )}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {children}
    </Link>
  );
}
