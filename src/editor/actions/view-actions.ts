import type { Action } from "./action";
import { always, hasSelection } from "./action";

const ZOOM_STEP = 1.25;

/** The camera. */
export const VIEW_ACTIONS: readonly Action[] = [
  {
    id: "zoom.in",
    label: "Zoom in",
    group: "View",
    keys: ["Mod+Plus", "Mod+="],
    when: always,
    run: (bench) => bench.zoomBy(ZOOM_STEP),
  },
  {
    id: "zoom.out",
    label: "Zoom out",
    group: "View",
    keys: ["Mod+-"],
    when: always,
    run: (bench) => bench.zoomBy(1 / ZOOM_STEP),
  },
  {
    id: "zoom.actual",
    label: "Zoom to 100 %",
    group: "View",
    keys: ["Mod+0"],
    when: always,
    run: (b) => b.zoomTo(1),
  },
  {
    id: "zoom.fit",
    label: "Show everything",
    group: "View",
    keys: ["Shift+1"],
    when: always,
    run: (b) => b.zoomTo("fit"),
  },
  {
    id: "zoom.selection",
    label: "Show the selection",
    group: "View",
    keys: ["Shift+2"],
    when: hasSelection,
    run: (bench) => bench.zoomTo("selection"),
  },
  {
    id: "help",
    label: "Help and shortcuts",
    group: "View",
    keys: ["?"],
    when: always,
    run: (b) => b.toggleHelp(),
  },
];
