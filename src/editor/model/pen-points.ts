import type { Point } from "./record";
import { MODEL_LIMITS } from "./limits";

/**
 * A pen stroke as a short string. First character: "0" for plain points, "1" when each carries pressure. Then,
 * point by point, the difference to the point before in eighths of a unit (and pressure in 63rds), each number
 * zigzag-coded in groups of five bits, low group first, one character a group.
 */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const values = new Map(Array.from(alphabet).map((character, index) => [character, index]));
const steps = 8;
const pressureSteps = 63;
const pattern = /^[01][A-Za-z0-9_-]*$/;

/** x, y and, when the device reports it, pressure from 0 to 1. */
export type PenPoint = Point | readonly [x: number, y: number, pressure: number];

function encode(value: number): string {
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  let out = "";
  do {
    const group = rest % 32;
    rest = Math.floor(rest / 32);
    out += alphabet[group + (rest > 0 ? 32 : 0)];
  } while (rest > 0);
  return out;
}

/** Packs points. Positions are kept to an eighth of a unit; a stroke too long for one shape is cut at the limit. */
export function packPenPoints(points: readonly PenPoint[]): string {
  const pressed = points.some((point) => point.length === 3);
  let out = pressed ? "1" : "0";
  let [x, y, p] = [0, 0, 0];
  for (const point of points) {
    const nx = Math.round(point[0] * steps);
    const ny = Math.round(point[1] * steps);
    let piece = encode(nx - x) + encode(ny - y);
    if (pressed) {
      const np = Math.round(Math.min(1, Math.max(0, point[2] ?? 0.5)) * pressureSteps);
      piece += encode(np - p);
      p = np;
    }
    if (out.length + piece.length > MODEL_LIMITS.pointsLength) break;
    out += piece;
    [x, y] = [nx, ny];
  }
  return out;
}

function decodeNumbers(packed: string): number[] | null {
  const numbers: number[] = [];
  let value = 0;
  let weight = 1;
  for (let i = 1; i < packed.length; i++) {
    const digit = values.get(packed.charAt(i)) ?? 0;
    value += (digit % 32) * weight;
    if (digit >= 32) {
      weight *= 32;
      if (weight > 2 ** 40) return null;
    } else {
      numbers.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
      value = 0;
      weight = 1;
    }
  }
  return weight === 1 ? numbers : null;
}

/** Unpacks what `packPenPoints` made; null when the string is not of that form or leaves the coordinate range. */
export function unpackPenPoints(packed: string): PenPoint[] | null {
  if (!pattern.test(packed)) return null;
  const numbers = decodeNumbers(packed);
  const pressed = packed.startsWith("1");
  const width = pressed ? 3 : 2;
  if (!numbers || numbers.length === 0 || numbers.length % width !== 0) return null;
  const points: PenPoint[] = [];
  let [x, y, p] = [0, 0, 0];
  for (let i = 0; i < numbers.length; i += width) {
    x += numbers[i] ?? 0;
    y += numbers[i + 1] ?? 0;
    if (Math.abs(x) >= MODEL_LIMITS.coordinate * steps || Math.abs(y) >= MODEL_LIMITS.coordinate * steps)
      return null;
    if (!pressed) points.push([x / steps, y / steps]);
    else {
      p += numbers[i + 2] ?? 0;
      points.push([x / steps, y / steps, Math.min(1, Math.max(0, p / pressureSteps))]);
    }
  }
  return points;
}

/** The check of the property `points`. */
export const isPenPoints = (value: unknown): value is string =>
  typeof value === "string" && value.length <= MODEL_LIMITS.pointsLength && unpackPenPoints(value) !== null;
