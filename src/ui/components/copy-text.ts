/**
 * Copies to the clipboard and says whether that worked. Browsers offer the clipboard API on https and localhost
 * only; on a plain http host the text is selected (in `field`, or in one made for it) and the older command used,
 * which is allowed there.
 */
export async function copyText(value: string, field: HTMLInputElement | null = null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return field ? copySelected(field) : copyFromScratch(value);
  }
}

function copySelected(field: HTMLInputElement | HTMLTextAreaElement): boolean {
  field.select();
  return document.execCommand("copy");
}

function copyFromScratch(value: string): boolean {
  const before = document.activeElement;
  const scratch = document.createElement("textarea");
  scratch.value = value;
  scratch.className = "sr-only";
  document.body.append(scratch);
  const copied = copySelected(scratch);
  scratch.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
