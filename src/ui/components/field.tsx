import type { ReactNode } from "react";

/** The look that every typed-in control shares. */
export const CONTROL =
  "w-full rounded-lg border border-line-strong bg-surface px-3 text-sm text-ink transition-colors hover:border-ink-soft disabled:bg-hover disabled:text-ink-soft aria-invalid:border-danger";

export interface FieldText {
  readonly label: string;
  /** One sentence that helps before anything is typed. */
  readonly hint?: ReactNode;
  /** What is wrong with the value and what to do; replaces nothing, comes below. */
  readonly error?: string | undefined;
}

/** The ids that tie a control to its hint and error, for aria-describedby. */
export function describedBy(id: string, text: FieldText): string | undefined {
  const ids = [text.hint ? `${id}-hint` : null, text.error ? `${id}-error` : null].filter(
    (part) => part !== null,
  );
  return ids.length === 0 ? undefined : ids.join(" ");
}

/** Label above, control, then hint and error under it. */
export function Field({
  id,
  label,
  hint,
  error,
  children,
}: FieldText & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
