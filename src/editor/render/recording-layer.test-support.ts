import type { BlitPainter, Layer } from "./painter";

export interface Recording {
  readonly layer: Layer;
  /** The names of the calls since the last `clear`, with their numbers. */
  readonly calls: (readonly [name: string, ...args: unknown[]])[];
  clear(): void;
}

/** A surface that writes down what is drawn on it; stands in for a browser's canvas in tests. */
export function recordingLayer(width: number, height: number): Recording {
  const calls: Recording["calls"] = [];
  const state: Record<string, unknown> = {};
  const painter = new Proxy(state, {
    get: (target, name) =>
      name in target
        ? target[String(name)]
        : (...args: unknown[]) => void calls.push([String(name), ...args]),
    set(target, name, value) {
      target[String(name)] = value;
      return true;
    },
  }) as unknown as BlitPainter;
  return { layer: { surface: { width, height }, painter }, calls, clear: () => void calls.splice(0) };
}
