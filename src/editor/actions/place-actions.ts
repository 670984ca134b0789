import { boundEnd, connectorOp } from "#editor/input/gestures/connect";
import { shapeNear } from "#editor/input/tools/make-tools";
import { BOX_KINDS, isBoxRecord } from "#editor/model/record";
import type { BoxKind } from "#editor/model/record";
import type { Action, ActionBench } from "./action";
import { canWrite } from "./action";

/** The kind of shape that the tool in hand makes; null when it makes none. */
function kindInHand(bench: ActionBench): BoxKind | null {
  return BOX_KINDS.find((kind) => kind === bench.tool) ?? null;
}

function place(bench: ActionBench): void {
  const kind = kindInHand(bench);
  if (!kind) return;
  const op = shapeNear(bench, kind, bench.middleOfView());
  bench.useTool("select");
  bench.commit([op], { select: [op[0]], write: true });
  bench.reveal(op[0]);
  bench.announce(`${kind} placed`);
}

/** The two selected shapes, in the order in which they were selected; null when it is not two with a box. */
function pair(bench: ActionBench): readonly [from: string, to: string] | null {
  const [from, to, third] = bench.selection;
  if (from === undefined || to === undefined || third !== undefined) return null;
  const isBox = (id: string) => {
    const record = bench.records.get(id);
    return record !== undefined && isBoxRecord(record);
  };
  return isBox(from) && isBox(to) ? [from, to] : null;
}

function connect(bench: ActionBench): void {
  const ends = pair(bench);
  if (!ends) return;
  const [z = ""] = bench.keysOnTop(1);
  const op = connectorOp(bench, bench.newId(), z, boundEnd(bench, ends[0]), boundEnd(bench, ends[1]));
  bench.useTool("select");
  bench.commit([op], { select: [op[0]] });
  bench.announce("Connector placed");
}

/** What Enter does with the tool in hand, for hands without a pointer. */
export const PLACE_ACTIONS: readonly Action[] = [
  {
    id: "place",
    label: "Place the shape of the tool in hand",
    group: "Tools",
    keys: ["Enter"],
    when: (bench) => canWrite(bench) && kindInHand(bench) !== null,
    run: place,
  },
  {
    id: "connect",
    label: "Connect two selected shapes",
    group: "Tools",
    keys: ["Enter"],
    help: { label: "Connect two selected shapes", keys: ["C then Enter"] },
    when: (bench) => canWrite(bench) && bench.tool === "connector" && pair(bench) !== null,
    run: connect,
  },
];
