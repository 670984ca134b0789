import type { BoardRecords, BoxKind, ConnectorEnd, Hue, ShapeRecord, Side } from "#editor/model/record";
import { withStyle, type Style } from "#editor/model/style";
import { zKeysBetween } from "#editor/model/z-order";
import { strokeFromPoints } from "#editor/shapes/draw";

export interface DemoBoard {
  readonly title: string;
  readonly records: BoardRecords;
}

type Draft = Record<string, unknown>;

/** Collects shapes from back to front. */
class Sheet {
  private readonly drafts: [string, Draft][] = [];

  box(
    kind: BoxKind,
    id: string,
    [x, y, w, h]: readonly [number, number, number, number],
    text: string,
    hue?: Hue,
    look: Partial<Style> = {},
  ): this {
    return this.add(id, { kind, g: [x, y, w, h], text, ...(hue && { hue }) }, look);
  }

  /** Words on the bare board; the box is a guess that the editor corrects when they are edited. */
  words(id: string, x: number, y: number, text: string, look: Partial<Style> = {}, hue?: Hue): this {
    const size = { small: 14, medium: 20, large: 30, huge: 48 }[look.size ?? "medium"];
    const lines = text.split("\n");
    const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * size * 0.56);
    return this.box("text", id, [x, y, width, Math.ceil(lines.length * size * 1.3)], text, hue, look);
  }

  join(
    id: string,
    from: string,
    to: string,
    options: { text?: string; sides?: [Side, Side]; hue?: Hue; look?: Partial<Style> } = {},
  ): this {
    const { sides, look = {}, text, hue } = options;
    const end = (shape: string, side?: Side): ConnectorEnd => ({ id: shape, ...(side && { side }) });
    const draft = {
      kind: "connector",
      from: end(from, sides?.[0]),
      to: end(to, sides?.[1]),
      ...(text && { text }),
      ...(hue && { hue }),
    };
    return this.add(id, draft, look);
  }

  /** A pen stroke that waves from one point to another. */
  scribble(id: string, x: number, y: number, width: number, hue: Hue): this {
    const points = Array.from({ length: 40 }, (_, i): [number, number] => {
      const t = i / 39;
      return [x + width * t, y + Math.sin(t * 9) * 4 + t * 6];
    });
    return this.add(id, { kind: "draw", hue, ...strokeFromPoints(points) }, { width: "regular" });
  }

  records(): BoardRecords {
    const keys = zKeysBetween(null, null, this.drafts.length);
    return new Map(
      this.drafts.map(([id, draft], index) => [id, { ...draft, z: keys[index] } as unknown as ShapeRecord]),
    );
  }

  private add(id: string, draft: Draft, look: Partial<Style>): this {
    const style = withStyle(undefined, look);
    this.drafts.push([id, { ...draft, ...(style !== 0 && { style }) }]);
    return this;
  }
}

/** A flowchart: what happens from a new colleague's first day to the last. */
function lifecycle(): DemoBoard {
  const sheet = new Sheet()
    .words("title", 0, -150, "From the first day to the last", { size: "huge", bold: true })
    .scribble("underline", 4, -76, 690, "blue")
    .words(
      "subtitle",
      0,
      -52,
      "What the identity provider does, and what Chalkroom does with it",
      { size: "medium" },
      "gray",
    )
    .box("ellipse", "hired", [0, 40, 170, 90], "Hired", "green", { fill: "solid", bold: true })
    .box("rectangle", "assign", [250, 40, 200, 90], "HR assigns the app in Entra", "blue")
    .box("rectangle", "post", [530, 40, 200, 90], "POST /Users", "violet")
    .box("diamond", "known", [810, 10, 210, 150], "Known by\nuserName?", "yellow")
    .box("rectangle", "patch", [1110, -60, 200, 90], "PATCH: link and update", "violet")
    .box("rectangle", "create", [1110, 140, 200, 90], "A new member, editor by default", "violet")
    .box("rectangle", "signin", [1400, 40, 200, 90], "Signs in by SAML from the My Apps tile", "teal")
    .box("rectangle", "draw", [1400, 230, 200, 90], "Draws with the team", "teal", { fill: "solid" })
    .box("diamond", "change", [1120, 330, 180, 140], "What changed?", "yellow")
    .box("rectangle", "mover", [740, 355, 220, 90], "Mover: name, groups and role follow", "blue")
    .box("rectangle", "leaver", [1100, 560, 220, 90], "Leaver: active = false", "red", {
      fill: "solid",
      bold: true,
    })
    .box(
      "rectangle",
      "cut",
      [780, 560, 240, 90],
      "One transaction: state, sessions, audit row, revocation",
      "red",
    )
    .box(
      "rectangle",
      "socket",
      [480, 560, 220, 90],
      "Open boards close with 4403, well under a second",
      "red",
    )
    .box("ellipse", "kept", [190, 560, 200, 90], "Everything they drew stays", "green", {
      fill: "solid",
      bold: true,
    })
    .box(
      "note",
      "note-1",
      [0, 250, 180, 180],
      "No form to fill in. No list to keep. Nobody to ask.",
      "yellow",
    )
    .box("note", "note-2", [210, 280, 180, 180], "Back from leave?\nSame role, groups and boards.", "green")
    .box("note", "note-3", [420, 250, 180, 180], "The last owner can never be locked out.", "pink");
  return {
    title: "From the first day to the last",
    records: sheet
      .join("c1", "hired", "assign")
      .join("c2", "assign", "post")
      .join("c3", "post", "known")
      .join("c4", "known", "patch", { text: "yes", sides: ["right", "left"] })
      .join("c5", "known", "create", { text: "no", sides: ["right", "left"] })
      .join("c6", "patch", "signin", { sides: ["right", "left"] })
      .join("c7", "create", "signin", { sides: ["right", "left"] })
      .join("c8", "signin", "draw", { sides: ["bottom", "top"] })
      .join("c9", "draw", "change", { sides: ["bottom", "right"], look: { dash: "dashed" } })
      .join("c10", "change", "mover", { text: "department" })
      .join("c11", "mover", "post", { sides: ["top", "bottom"], hue: "blue", look: { dash: "dashed" } })
      .join("c12", "change", "leaver", { text: "last day", sides: ["bottom", "top"] })
      .join("c13", "leaver", "cut", { hue: "red" })
      .join("c14", "cut", "socket", { hue: "red" })
      .join("c15", "socket", "kept", { hue: "green" })
      .records(),
  };
}

const RETRO: readonly (readonly [string, Hue, readonly string[]])[] = [
  [
    "Keep",
    "green",
    [
      "Pairing on the hard parts",
      "Demo every Thursday",
      "Small releases, no drama",
      "Snacks",
      "Writing decisions down",
      "Answering in an hour",
    ],
  ],
  [
    "Change",
    "yellow",
    [
      "Reviews wait too long",
      "Two sources for the same number",
      "Standup is a status report",
      "Who is on call?",
      "Flaky test on Mondays",
      "Too many channels",
    ],
  ],
  [
    "Try",
    "blue",
    [
      "Review before lunch",
      "Boards instead of slides",
      "A rota everybody can see",
      "Fix it or delete it",
      "One silent morning a week",
      "New joiners present first",
    ],
  ],
];

/** Sticky notes in columns. */
function retrospective(): DemoBoard {
  const sheet = new Sheet().words("title", 0, -150, "Retrospective, sprint 24", { size: "huge", bold: true });
  RETRO.forEach(([heading, hue, notes], column) => {
    const left = column * 470;
    sheet.box("rectangle", `column-${column}`, [left, -50, 430, 720], "", hue, {
      fill: "tint",
      width: "thin",
    });
    sheet.words(`heading-${column}`, left + 24, -30, heading, { size: "large", bold: true }, hue);
    notes.forEach((text, index) => {
      const [x, y] = [left + 24 + (index % 2) * 196, 30 + Math.floor(index / 2) * 210];
      sheet.box("note", `note-${column}-${index}`, [x, y, 186, 190], text, hue);
    });
  });
  return {
    title: "Retrospective, sprint 24",
    records: sheet
      .scribble("vote", 512, 430, 140, "red")
      .box("ellipse", "owner", [947, 710, 240, 90], "Olga books the mornings", "violet", { fill: "solid" })
      .join("to-owner", "note-2-4", "owner", { hue: "violet", look: { dash: "dashed" } })
      .records(),
  };
}

/** A few boxes and arrows, as architecture is drawn. */
function architecture(): DemoBoard {
  const sheet = new Sheet()
    .words("title", 0, -120, "How Chalkroom runs", { size: "huge", bold: true })
    .box("rectangle", "frame", [330, -20, 620, 520], "", "gray", { fill: "none", dash: "dashed" })
    .words("frame-name", 350, -10, "one process, one port", { size: "small" }, "gray")
    .box("rectangle", "browser", [0, 60, 220, 90], "Browser\ncanvas and sync", "blue", { fill: "solid" })
    .box("rectangle", "entra", [0, 220, 220, 90], "Microsoft Entra ID", "violet", { fill: "solid" })
    .box("rectangle", "next", [380, 60, 220, 90], "Pages and tRPC", "blue")
    .box("rectangle", "sockets", [680, 60, 220, 90], "Realtime\norder, acknowledge, fan out", "teal")
    .box("rectangle", "scim", [380, 220, 220, 90], "SCIM 2.0", "violet")
    .box("rectangle", "saml", [380, 360, 220, 90], "SAML 2.0", "violet")
    .box("diamond", "directory", [690, 250, 200, 150], "Directory:\nthe only\nwriter", "yellow")
    .box("ellipse", "postgres", [1060, 190, 240, 140], "PostgreSQL\nthe order and the truth", "green", {
      fill: "solid",
      bold: true,
    })
    .box("note", "hint", [1095, 370, 170, 170], "Embedded unless DATABASE_URL is set", "yellow");
  return {
    title: "How Chalkroom runs",
    records: sheet
      .join("a1", "browser", "next", { text: "HTTP" })
      .join("a2", "browser", "sockets", { text: "WebSocket", sides: ["top", "top"] })
      .join("a3", "entra", "scim", { text: "provisioning" })
      .join("a4", "entra", "saml", { text: "sign-in", sides: ["bottom", "left"] })
      .join("a5", "scim", "directory", { sides: ["right", "left"] })
      .join("a6", "saml", "directory", { sides: ["right", "left"] })
      .join("a7", "directory", "postgres", { sides: ["right", "left"] })
      .join("a8", "sockets", "postgres", { sides: ["right", "top"] })
      .join("a9", "directory", "sockets", { text: "cut-off", hue: "red", sides: ["top", "bottom"] })
      .records(),
  };
}

/** The boards of the sample workspace, the one that is shown first last: boards are listed by their last edit. */
export const demoBoards = (): DemoBoard[] => [architecture(), retrospective(), lifecycle()];
