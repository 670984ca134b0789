import { TOOLS } from "#editor/editor-view";
import type { ToolName } from "#editor/editor-view";
import type { Action } from "./action";
import { always, canWrite } from "./action";

const WORDS: Readonly<Record<ToolName, readonly [label: string, ...keys: string[]]>> = {
  select: ["Select", "V"],
  hand: ["Move around", "H"],
  note: ["Sticky note", "N"],
  rectangle: ["Rectangle", "R"],
  ellipse: ["Ellipse", "O"],
  diamond: ["Diamond", "D"],
  text: ["Text", "T"],
  connector: ["Connector", "C", "A"],
  draw: ["Pen", "P"],
};

/** One action for each tool. */
export const TOOL_ACTIONS: readonly Action[] = TOOLS.map((tool): Action => {
  const [label, ...keys] = WORDS[tool];
  return {
    id: `tool.${tool}`,
    label,
    group: "Tools",
    keys,
    when: tool === "select" || tool === "hand" ? always : canWrite,
    run: (bench) => {
      bench.useTool(tool);
      bench.announce(`Tool: ${label}`);
    },
  };
});
