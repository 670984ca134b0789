"use client";

import { MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { IconButton } from "../components/icon-button";
import { Menu, MenuItem } from "../components/menu";
import { When } from "../components/when";
import { useWorkspace } from "../frame/workspace-context";
import type { BoardRow } from "../trpc/client";

import { BoardThumbnail } from "./board-thumbnail";
import { RenameBoardDialog } from "./rename-board-dialog";

export interface BoardCardProps {
  readonly board: BoardRow;
  readonly onRenamed: (title: string) => void;
  readonly onDelete: () => void;
}

/** A board on the home page: its picture, its title, who changed it last and when; actions on hover and focus. */
export function BoardCard({ board, onRenamed, onDelete }: BoardCardProps) {
  const { slug, canEditBoards } = useWorkspace();
  const [isRenaming, setRenaming] = useState(false);
  const who = board.lastEditedBy ?? board.createdBy;
  return (
    <article aria-label={board.title} className="group relative">
      <Link href={`/w/${encodeURIComponent(slug)}/board/${board.id}`} className="block rounded-xl">
        <span className="block aspect-4/3 overflow-hidden rounded-xl border border-line bg-surface dotted transition-colors group-hover:border-line-strong">
          <BoardThumbnail boardId={board.id} />
        </span>
        <span className="mt-2 block truncate px-1 text-sm font-medium">{board.title}</span>
      </Link>
      <p className="flex px-1 text-xs text-ink-soft">
        <span className="truncate">{who ?? "Changed"}</span>
        <span className="shrink-0 whitespace-pre">
          {who ? ", " : " "}
          <When at={board.lastEditedAt} />
        </span>
      </p>
      {canEditBoards ? (
        <div className="absolute top-2 right-2 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-fine:opacity-0">
          <Menu
            trigger={
              <IconButton
                icon={MoreHorizontal}
                label={`Actions for ${board.title}`}
                className="border border-line bg-surface"
              />
            }
          >
            <MenuItem icon={Pencil} onSelect={() => setRenaming(true)}>
              Rename
            </MenuItem>
            <MenuItem icon={Trash2} danger onSelect={onDelete}>
              Delete
            </MenuItem>
          </Menu>
        </div>
      ) : null}
      {isRenaming ? (
        <RenameBoardDialog board={board} onClose={() => setRenaming(false)} onRenamed={onRenamed} />
      ) : null}
    </article>
  );
}
