import { Skeleton } from "../components/skeleton";

/** A settings page while it is being fetched. */
export function SettingsSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex max-w-3xl flex-col gap-4">
      <Skeleton className="mb-2 h-7 w-40" />
      <Skeleton className="h-28 rounded-xl" />
      <Skeleton className="h-40 rounded-xl" />
    </div>
  );
}
