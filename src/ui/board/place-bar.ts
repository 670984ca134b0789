import type { Box } from "#editor/math/box";

/** Room for the resize handles and the quick-add buttons between the selection and the bar. */
const GAP = 44;
const MARGIN = 12;

/**
 * Where a bar floats so that it is near the selection but never over it: above, else below, else beside the
 * lower edge of the window when the selection fills the view. All values are CSS pixels of the canvas.
 */
export function placeBar(
  selection: Box,
  bar: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number; readonly left: number; readonly top: number },
): { left: number; top: number } {
  const [x, y, w, h] = selection;
  const widest = view.width - bar.width - MARGIN;
  const left = Math.max(Math.min(view.left, widest), Math.min(x + w / 2 - bar.width / 2, widest));
  const above = y - GAP - bar.height;
  if (above >= view.top) return { left, top: above };
  const below = y + h + GAP;
  if (below + bar.height <= view.height - MARGIN) return { left, top: below };
  return { left, top: view.height - bar.height - MARGIN };
}
