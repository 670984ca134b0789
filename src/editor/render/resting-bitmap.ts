import { boxesMeet, boxUnion, type Box } from "#editor/math/box";
import type { BlitPainter, CreateLayer, Layer } from "./painter";
import { viewCovers, withMargin, worldOf, type PixelView } from "./view";

export interface RestingSource {
  readonly createLayer: CreateLayer;
  /** Milliseconds of any clock that only moves forwards. */
  readonly now: () => number;
  readonly paper: () => string;
  /** Ids of resting shapes that may be seen in the box, back to front. */
  readonly query: (box: Box) => readonly string[];
  /** Draws a shape; the transform is set. */
  readonly draw: (painter: BlitPainter, id: string, scale: number) => void;
}

export interface RestingBitmap {
  /** Something changed there. */
  markDirty(boxes: readonly Box[]): void;
  /** Everything looks different (theme, fonts). The old picture is shown until the new one is ready. */
  markAllDirty(): void;
  /** Works towards a picture of the view for at most `budget` ms. Returns true when it is exact and complete. */
  prepare(view: PixelView, budget: number): boolean;
  /** Copies what there is onto the screen. */
  blit(painter: BlitPainter, view: PixelView): void;
}

interface Picture {
  readonly layer: Layer;
  readonly view: PixelView;
  dirty: Box[];
}
interface Job {
  readonly picture: Picture;
  readonly ids: readonly string[];
  next: number;
}

/** Repairs of more shapes than this are not done at once but as a new picture, in slices. */
const maxRepair = 400;
const maxDirtyBoxes = 24;
const maxNoted = 4000;
/** The clock is looked at after so many shapes. */
const shapesPerLook = 8;
/** A picture begun for another zoom is still worth finishing within this factor. */
const usefulZoom = 1.6;

/** The margin around the screen, as a share of its size: less when zoomed out, where the same area holds more shapes. */
const marginShare = (scale: number): number => (scale < 0.25 ? 0.15 : 0.25);

/**
 * A cached picture of everything that rests, somewhat larger than the screen, so that a frame of panning copies
 * pixels instead of drawing shapes. A new picture is drawn in short slices beside the old one, which stays on the
 * screen (stretched while zooming) until the new one is complete. Small changes are repaired in place.
 */
export function createRestingBitmap(source: RestingSource): RestingBitmap {
  let front: Picture | null = null;
  let job: Job | null = null;
  let spare: Layer | null = null;
  let stale = false;

  function layerFor(width: number, height: number): Layer {
    const layer = spare ?? source.createLayer(width, height);
    spare = null;
    if (layer.surface.width !== width) layer.surface.width = width;
    if (layer.surface.height !== height) layer.surface.height = height;
    return layer;
  }

  function begin(view: PixelView): Job {
    if (job) spare = job.picture.layer;
    const share = marginShare(view.scale);
    const wide = withMargin(view, Math.round(view.width * share), Math.round(view.height * share));
    const layer = layerFor(wide.width, wide.height);
    clearRegion(layer.painter, 0, 0, wide.width, wide.height);
    return { picture: { layer, view: wide, dirty: [] }, ids: source.query(worldOf(wide)), next: 0 };
  }

  function clearRegion(painter: BlitPainter, x: number, y: number, w: number, h: number): void {
    painter.setTransform(1, 0, 0, 1, 0, 0);
    painter.fillStyle = source.paper();
    painter.fillRect(x, y, w, h);
  }

  const setWorld = (painter: BlitPainter, { x, y, scale }: PixelView): void =>
    painter.setTransform(scale, 0, 0, scale, -x, -y);

  /** Draws on with the job until the deadline; true when it is complete. At least one look's worth, so that it always ends. */
  function advance(current: Job, deadline: number): boolean {
    const { layer, view } = current.picture;
    setWorld(layer.painter, view);
    while (current.next < current.ids.length) {
      const end = Math.min(current.ids.length, current.next + shapesPerLook);
      for (; current.next < end; current.next++) {
        source.draw(layer.painter, current.ids[current.next] as string, view.scale);
      }
      if (source.now() >= deadline) break;
    }
    return current.next >= current.ids.length;
  }

  /** Draws the dirty places of a picture anew; false when that would be too much at once. */
  function repair(picture: Picture): boolean {
    const world = worldOf(picture.view);
    let regions = picture.dirty.filter((box) => boxesMeet(box, world));
    if (regions.length > maxDirtyBoxes) {
      const all = boxUnion(regions);
      regions = all ? [all] : [];
    }
    const work = regions.map((box) => pixelRegion(picture.view, box));
    const found = work.map((region) => source.query(region.world));
    if (found.reduce((sum, ids) => sum + ids.length, 0) > maxRepair) return false;
    work.forEach((region, index) => repairRegion(picture, region, found[index] ?? []));
    picture.dirty = [];
    return true;
  }

  function repairRegion({ layer, view }: Picture, { x, y, w, h }: Region, ids: readonly string[]): void {
    const { painter } = layer;
    painter.save();
    clearRegion(painter, x, y, w, h);
    painter.beginPath();
    painter.rect(x, y, w, h);
    painter.clip();
    setWorld(painter, view);
    for (const id of ids) source.draw(painter, id, view.scale);
    painter.restore();
  }

  const isExact = (picture: Picture, view: PixelView): boolean =>
    picture.view.scale === view.scale && viewCovers(picture.view, view);

  function isUseful(current: Job, view: PixelView): boolean {
    const factor = current.picture.view.scale / view.scale;
    return factor < usefulZoom && factor > 1 / usefulZoom && viewCovers(current.picture.view, view);
  }

  function finish(done: Job): void {
    spare = front?.layer ?? null;
    front = done.picture;
    job = null;
    stale = false;
  }

  /** True when the picture's edge is near: time to draw the next one, while this still covers the screen. */
  function nearsEdge(picture: Picture, view: PixelView): boolean {
    const share = marginShare(view.scale) / 3;
    return !viewCovers(
      picture.view,
      withMargin(view, Math.round(view.width * share), Math.round(view.height * share)),
    );
  }

  function prepare(view: PixelView, budget: number): boolean {
    const deadline = source.now() + budget;
    if (front && !stale && front.dirty.length > 0 && !repair(front)) stale = true;
    for (let round = 0; round < 2; round++) {
      const isReady = front !== null && !stale && isExact(front, view);
      if (isReady && !job && !(front && nearsEdge(front, view))) return true;
      if (!job || !isUseful(job, view)) job = begin(view);
      if (!advance(job, deadline)) return false;
      const done = job;
      finish(done);
      if (done.picture.dirty.length > 0 && !repair(done.picture)) stale = true;
    }
    return front !== null && !stale && isExact(front, view);
  }

  function markAllDirty(): void {
    stale = true;
    if (front) front.dirty = [];
    if (job) spare = job.picture.layer;
    job = null;
  }

  return {
    markDirty(boxes) {
      for (const picture of [front, job?.picture]) {
        if (!picture) continue;
        for (const box of boxes) picture.dirty.push(box);
        // A page in the background draws no frames but hears of changes; the list must not grow for hours.
        if (picture.dirty.length > maxNoted) markAllDirty();
      }
    },
    markAllDirty,
    prepare,
    blit(painter, view) {
      const shown = front ?? job?.picture;
      if (!shown) return;
      const factor = view.scale / shown.view.scale;
      painter.setTransform(1, 0, 0, 1, 0, 0);
      painter.imageSmoothingEnabled = factor !== 1;
      painter.drawImage(
        shown.layer.surface,
        shown.view.x * factor - view.x,
        shown.view.y * factor - view.y,
        shown.view.width * factor,
        shown.view.height * factor,
      );
    },
  };
}

interface Region {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly world: Box;
}

/** A world box in the picture's whole pixels, a little larger, so that no soft edge of the old drawing is left. */
function pixelRegion(view: PixelView, box: Box): Region {
  const left = Math.max(0, Math.floor(box[0] * view.scale - view.x) - 2);
  const top = Math.max(0, Math.floor(box[1] * view.scale - view.y) - 2);
  const right = Math.min(view.width, Math.ceil((box[0] + box[2]) * view.scale - view.x) + 2);
  const bottom = Math.min(view.height, Math.ceil((box[1] + box[3]) * view.scale - view.y) + 2);
  const [w, h] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  const world: Box = [
    (left + view.x) / view.scale,
    (top + view.y) / view.scale,
    w / view.scale,
    h / view.scale,
  ];
  return { x: left, y: top, w, h, world };
}
