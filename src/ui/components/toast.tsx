"use client";

import { X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";

import { buttonClass } from "./button-class";
import { IconButton } from "./icon-button";

export interface ToastMessage {
  readonly text: string;
  readonly tone?: "plain" | "danger";
  /** A way back, for example {label: "Undo", run}. Such a toast stays longer. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Shown extends ToastMessage {
  readonly id: number;
}

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null);

/** Milliseconds on screen; hover, focus and a hidden window stop the count. */
const STAY = 5_000;
const STAY_WITH_ACTION = 10_000;

/** Shows short messages at the foot of the page; F8 moves the keyboard to them. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const show = useCallback((message: ToastMessage) => {
    setShown((list) => [...list.slice(-2), { ...message, id: (list.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const remove = (id: number) => setShown((list) => list.filter((item) => item.id !== id));
  const provider = useMemo(() => <ToastContext value={show}>{children}</ToastContext>, [show, children]);

  return (
    <Radix.Provider swipeDirection="down" label="Message">
      {provider}
      {shown.map((message) => (
        <ToastCard key={message.id} message={message} onGone={() => remove(message.id)} />
      ))}
      <Radix.Viewport
        label="Messages ({hotkey})"
        className="fixed bottom-4 left-1/2 z-50 flex w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 flex-col gap-2 rounded-xl"
      />
    </Radix.Provider>
  );
}

function ToastCard({ message, onGone }: { readonly message: Shown; readonly onGone: () => void }) {
  const { text, tone = "plain", action } = message;
  return (
    <Radix.Root
      type={tone === "danger" ? "foreground" : "background"}
      duration={action ? STAY_WITH_ACTION : STAY}
      onOpenChange={(open) => {
        if (!open) onGone();
      }}
      className="flex animate-rise items-center gap-2 rounded-xl bg-surface py-2 pr-2 pl-4 shadow-float"
    >
      <Radix.Description className={`min-w-0 flex-1 text-sm ${tone === "danger" ? "text-danger" : ""}`}>
        {text}
      </Radix.Description>
      {action ? (
        <Radix.Action altText={`${action.label}: ${text}`} asChild>
          <button type="button" className={buttonClass("accent")} onClick={action.run}>
            {action.label}
          </button>
        </Radix.Action>
      ) : null}
      <Radix.Close asChild>
        <IconButton icon={X} label="Close message" side="top" />
      </Radix.Close>
    </Radix.Root>
  );
}

/** A function that shows a message at the foot of the page. */
export function useToast(): (message: ToastMessage) => void {
  const show = use(ToastContext);
  if (!show) throw new Error("useToast needs a ToastProvider above it");
  return show;
}
