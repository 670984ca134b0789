"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useToast } from "../components/toast";
import { useWorkspace } from "../frame/workspace-context";
import { useTRPC, type BoardRow } from "../trpc/client";
import { errorText } from "../trpc/error-text";

/** The boards of the workspace and what can be done with them. A deleted board is gone from the list at once. */
export function useBoards(initial: BoardRow[]) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const cache = useQueryClient();
  const list = trpc.boards.list.queryOptions({ workspaceSlug: slug });
  const boards = useQuery({ ...list, initialData: initial });

  const refresh = () => cache.invalidateQueries({ queryKey: list.queryKey });
  const change = (update: (rows: BoardRow[]) => BoardRow[]) =>
    cache.setQueryData(list.queryKey, (rows) => (rows ? update(rows) : rows));
  const onError = (error: unknown) => {
    toast({ text: errorText(error), tone: "danger" });
    void refresh();
  };

  const restore = useMutation(trpc.boards.restore.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(
    trpc.boards.delete.mutationOptions({
      onMutate: async ({ boardId }) => {
        await cache.cancelQueries({ queryKey: list.queryKey });
        change((rows) => rows.filter((row) => row.id !== boardId));
      },
      onError,
    }),
  );

  return {
    boards: boards.data,
    error: boards.error,
    retry: () => void boards.refetch(),
    renamed: (boardId: string, title: string) => {
      change((rows) => rows.map((row) => (row.id === boardId ? { ...row, title } : row)));
      void refresh();
    },
    remove: (board: BoardRow) => {
      const boardOf = { workspaceSlug: slug, boardId: board.id };
      remove.mutate(boardOf, {
        onSuccess: () =>
          toast({
            text: `“${board.title}” was deleted.`,
            action: { label: "Undo", run: () => restore.mutate(boardOf) },
          }),
      });
    },
  };
}
