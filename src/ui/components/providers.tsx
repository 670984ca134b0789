"use client";

import type { ReactNode } from "react";

import { DataProvider } from "../trpc/provider";

import { ToastProvider } from "./toast";
import { TooltipProvider } from "./tooltip";

/** What every page of the interface stands on: data, tooltips, messages. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <DataProvider>
      <TooltipProvider>
        <ToastProvider>{children}</ToastProvider>
      </TooltipProvider>
    </DataProvider>
  );
}
