import { signal } from "@preact/signals";
import { reachable, reasonOf } from "./state";

export type Loaded<T> = { state: "loading" } | { state: "error"; reason: string; error: unknown } | { state: "ready"; value: T };

/** Something that is fetched: loading, there, or not, and why. A later call makes an earlier one's answer void. */
export class Loading<T> {
  readonly now = signal<Loaded<T>>({ state: "loading" });
  private call = 0;

  get value(): T | undefined {
    return this.now.value.state === "ready" ? this.now.value.value : undefined;
  }

  set(value: T): void {
    this.call += 1;
    this.now.value = { state: "ready", value };
  }

  /** `quietly`: what is shown stays until there is something newer. */
  async run(fetching: () => Promise<T>, quietly = false): Promise<void> {
    const call = ++this.call;
    if (!quietly) this.now.value = { state: "loading" };
    try {
      const value = await fetching();
      if (call === this.call) this.now.value = { state: "ready", value };
      reachable.value = true;
    } catch (error) {
      const reason = reasonOf(error);
      if (call === this.call && !(quietly && this.now.value.state === "ready")) this.now.value = { state: "error", reason, error };
    }
  }
}
