import { CopyButton } from "../../../components/copy-button";

/** A value to carry elsewhere, on one line: what it is called there, the value, a copy button. */
export function ValueRow({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="grid grid-cols-[9.5rem_minmax(0,1fr)_auto] items-center gap-x-3 max-sm:grid-cols-[minmax(0,1fr)_auto]">
      <dt className="text-sm text-ink-soft max-sm:col-span-2">{label}</dt>
      <dd className="min-w-0 font-mono text-xs break-all">{value}</dd>
      <CopyButton value={value} what={label} />
    </div>
  );
}
