import type { RawInput, RawPointer } from "#editor/input/events";

const LINE_PX = 16;
const PAGE_PX = 400;

/** True on machines where Command, not Ctrl, is the key for shortcuts. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

function modifiers(event: MouseEvent | KeyboardEvent) {
  return { shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey };
}

function fromPointer(event: PointerEvent, type: RawPointer["type"], origin: DOMRect): RawPointer {
  return {
    type,
    id: event.pointerId,
    kind: event.pointerType === "touch" ? "touch" : event.pointerType === "pen" ? "pen" : "mouse",
    button: event.button === 1 ? "middle" : event.button === 2 ? "right" : "main",
    x: event.clientX - origin.left,
    y: event.clientY - origin.top,
    pressure: event.pressure > 0 && event.pointerType === "pen" ? event.pressure : 0.5,
    time: event.timeStamp,
    ...modifiers(event),
  };
}

/** A key belongs to a field, not to the board, while somebody types into one. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.tagName === "INPUT" ||
      target.tagName === "TEXTAREA" ||
      target.tagName === "SELECT")
  );
}

/**
 * Listens to the canvas's element and hands plain events to the editor. `send` answers true when the event was
 * used, and only then is the browser's own doing (scrolling, zooming the page, find) held back.
 * @returns a function that takes all listeners off again
 */
export function listenToDom(element: HTMLElement, send: (raw: RawInput) => boolean): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const place = () => element.getBoundingClientRect();

  element.addEventListener(
    "pointerdown",
    (event) => {
      element.focus({ preventScroll: true });
      // A synthetic event has no live pointer to capture; the gesture works without it inside the canvas.
      try {
        element.setPointerCapture(event.pointerId);
      } catch {}
      if (event.button === 1) event.preventDefault();
      send(fromPointer(event, "down", place()));
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      const origin = place();
      // Pens and fast mice report several points a frame; a stroke without them has corners.
      const points = event.buttons !== 0 ? event.getCoalescedEvents?.() : undefined;
      for (const point of points?.length ? points : [event]) send(fromPointer(point, "move", origin));
    },
    { signal },
  );
  element.addEventListener("pointerup", (event) => send(fromPointer(event, "up", place())), { signal });
  element.addEventListener("pointercancel", (event) => send(fromPointer(event, "cancel", place())), {
    signal,
  });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  element.addEventListener(
    "wheel",
    (event) => {
      const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? PAGE_PX : 1;
      const origin = place();
      const x = event.clientX - origin.left;
      const y = event.clientY - origin.top;
      const used = send({
        type: "wheel",
        x,
        y,
        dx: event.deltaX * unit,
        dy: event.deltaY * unit,
        ...modifiers(event),
      });
      if (used) event.preventDefault();
    },
    { signal, passive: false },
  );
  listenToKeys(send, signal);
  return () => stop.abort();
}

function listenToKeys(send: (raw: RawInput) => boolean, signal: AbortSignal): void {
  const key = (type: "keydown" | "keyup") => (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
    // A dialog has the keyboard to itself; Escape closes it by the browser's own doing.
    if (event.target instanceof HTMLElement && event.target.closest("dialog")) return;
    const onControl =
      event.target instanceof HTMLElement && event.target.closest("button, a, [role=menuitem]");
    // Space and Enter press the control that has the focus, arrows and Tab move between controls.
    if (onControl && /^( |Enter|Tab|Arrow.*)$/.test(event.key)) return;
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    const raw = {
      type,
      key: event.key,
      repeat: event.repeat,
      ...(digit !== undefined && { digit }),
      ...modifiers(event),
    };
    if (send(raw)) event.preventDefault();
  };
  window.addEventListener("keydown", key("keydown"), { signal });
  window.addEventListener("keyup", key("keyup"), { signal });
}
