/** A value that tells its listeners when it changes. `subscribe` and `get` have the shape React's external stores want. */
export interface ReadSignal<T> {
  get(): T;
  /** Calls `listener` after each change, not at once. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

export interface Signal<T> extends ReadSignal<T> {
  set(value: T): void;
}

/** Makes a signal. Setting an equal value (by `same`, by default identity) tells nobody. */
export function createSignal<T>(initial: T, same: (a: T, b: T) => boolean = Object.is): Signal<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (same(value, next)) return;
      value = next;
      // A copy, because a listener may subscribe or stop others while being called.
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
