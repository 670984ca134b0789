/** Every state is plain data with a name, so that a test can look at it and a log can print it. */
export interface MachineState {
  readonly name: string;
}

/** The state that follows shall see the same event: a press that becomes a drag moves with its first movement. */
export interface Again<State extends MachineState> {
  readonly again: State;
}

/**
 * What a state does with an event: it returns the state that follows (often itself), or null when the event
 * is none of its business.
 */
export type StateHandler<State extends MachineState, Name extends State["name"], Context, Event> = (
  context: Context,
  event: Event,
  state: Extract<State, { readonly name: Name }>,
) => State | Again<State> | null;

/** One handler for each state; a missing one does not compile. */
export type TransitionTable<State extends MachineState, Context, Event> = {
  readonly [Name in State["name"]]: StateHandler<State, Name, Context, Event>;
};

export interface Machine<State extends MachineState, Event> {
  readonly state: State;
  /** Feeds one event; true when a state took it. */
  send(event: Event): boolean;
  /** Leaves the present state for another one without an event, for example when the tool is changed. */
  jump(state: State): void;
}

/**
 * Runs a transition table. A handler must not call `send` of its own machine: an event that arrives while
 * another is being handled is queued, so that no handler ever sees a state that is half left.
 */
export function createMachine<State extends MachineState, Context, Event>(options: {
  readonly table: TransitionTable<State, Context, Event>;
  readonly initial: State;
  readonly context: Context;
  readonly onChange?: (next: State, previous: State) => void;
}): Machine<State, Event> {
  let state = options.initial;
  let running = false;
  const waiting: Event[] = [];

  function become(next: State): void {
    const previous = state;
    state = next;
    if (previous !== next) options.onChange?.(next, previous);
  }

  function step(event: Event): boolean {
    const handlers = options.table as unknown as Record<
      string,
      StateHandler<State, string, Context, Event> | undefined
    >;
    const next = handlers[state.name]?.(options.context, event, state as never) ?? null;
    if (next === null) return false;
    if (!("again" in next)) {
      become(next);
      return true;
    }
    become(next.again);
    step(event);
    return true;
  }

  return {
    get state() {
      return state;
    },
    send(event) {
      if (running) {
        waiting.push(event);
        return true;
      }
      running = true;
      try {
        const taken = step(event);
        for (let queued = waiting.shift(); queued !== undefined; queued = waiting.shift()) step(queued);
        return taken;
      } finally {
        waiting.length = 0;
        running = false;
      }
    },
    jump: become,
  };
}
