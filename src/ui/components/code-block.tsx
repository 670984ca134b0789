import { CopyButton } from "./copy-button";

/** A text for machines under a title: monospace, scrolls inside its own box, copied as a whole. */
export function CodeBlock({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3 text-xs font-medium text-ink-soft">
        {title}
        <CopyButton value={text} what={title.toLowerCase()} />
      </figcaption>
      {/* Focusable, so that the keyboard can scroll it. */}
      <pre
        tabIndex={0}
        aria-label={title}
        className="max-h-80 overflow-auto px-3 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap focus-visible:-outline-offset-2"
      >
        {text}
      </pre>
    </figure>
  );
}
