/** A point or a direction, world units unless a name says otherwise. Packed so that it travels as JSON. */
export type Vec = readonly [x: number, y: number];

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1]];
export const sub = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1]];
export const scale = (a: Vec, by: number): Vec => [a[0] * by, a[1] * by];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1];
export const cross = (a: Vec, b: Vec): number => a[0] * b[1] - a[1] * b[0];
const length = (a: Vec): number => Math.hypot(a[0], a[1]);
export const distance = (a: Vec, b: Vec): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const sameVec = (a: Vec, b: Vec): boolean => a[0] === b[0] && a[1] === b[1];

/** The same direction with length 1; the zero vector stays zero, so that callers need no special case. */
export function unit(a: Vec): Vec {
  const size = length(a);
  return size === 0 ? [0, 0] : [a[0] / size, a[1] / size];
}

/** A quarter turn, clockwise on a screen whose y grows downwards. */
export const perpendicular = (a: Vec): Vec => [-a[1], a[0]];
