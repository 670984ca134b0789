/** Carries events from a run to whoever reads them, in order. The run never waits for the reader. */
export class EventQueue<T> implements AsyncIterable<T> {
  private readonly waiting: T[] = [];
  private wake: () => void = () => {};
  private isClosed = false;

  push(event: T): void {
    this.waiting.push(event);
    this.wake();
  }

  close(): void {
    this.isClosed = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      while (this.waiting.length > 0) yield this.waiting.shift()!;
      if (this.isClosed) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        // What came between the look above and this moment must not be slept through.
        if (this.waiting.length > 0 || this.isClosed) resolve();
      });
    }
  }
}
