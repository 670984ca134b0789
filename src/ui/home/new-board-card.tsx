"use client";

import { useMutation } from "@tanstack/react-query";
import { LoaderCircle, Plus } from "lucide-react";
import { useRouter } from "next/navigation";

import { useToast } from "../components/toast";
import { useWorkspace } from "../frame/workspace-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";

/** Makes a board and opens it; it gets its name on the board itself. */
export function NewBoardCard() {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const create = useMutation(
    trpc.boards.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/w/${encodeURIComponent(slug)}/board/${id}`),
      onError: (error) => toast({ text: errorText(error), tone: "danger" }),
    }),
  );
  const isBusy = create.isPending || create.isSuccess;
  const Icon = isBusy ? LoaderCircle : Plus;
  return (
    <button
      type="button"
      aria-busy={isBusy || undefined}
      onClick={() => {
        if (!isBusy) create.mutate({ workspaceSlug: slug, title: "Untitled board" });
      }}
      className="group flex h-full w-full flex-col rounded-xl text-left"
    >
      <span className="grid aspect-4/3 w-full place-items-center rounded-xl border border-dashed border-line-strong text-ink-soft transition-colors group-hover:border-accent group-hover:bg-accent-wash group-hover:text-accent">
        <Icon size={20} strokeWidth={1.75} aria-hidden className={isBusy ? "animate-spin" : ""} />
      </span>
      <span className="mt-2 px-1 text-sm font-medium">New board</span>
    </button>
  );
}
