import { Skeleton } from "../components/skeleton";

import { BOARD_GRID } from "./board-grid";

/** The home page while its boards are being fetched. */
export function BoardsSkeleton() {
  return (
    <div role="status" aria-label="Loading boards">
      <Skeleton className="mb-6 h-7 w-28" />
      <div className={BOARD_GRID}>
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index}>
            <Skeleton className="aspect-4/3 rounded-xl" />
            <Skeleton className="mt-3 h-3.5 w-2/3" />
            <Skeleton className="mt-2 h-3 w-1/2" />
          </div>
        ))}
      </div>
    </div>
  );
}
