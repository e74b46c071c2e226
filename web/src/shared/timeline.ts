import type { Entry } from "./types";

export type EntryFrame = { type: "entry"; ticket_id: string; seq: number; entry: Entry | null };
export type SubscribedFrame = { type: "subscribed"; ticket_id: string; seq: number; more: boolean };
export type Subscribe = { type: "subscribe"; ticket_id: string; since_seq: number };

/**
 * One ticket's entries as a screen holds them: what is there is dropped, what comes early is kept, and a hole that is
 * left asks for what is missing (docs/realtime.md, "The rules of a client").
 */
export class Timeline {
  private readonly held = new Map<number, Entry | null>();
  private asked = false;
  private high = 0;
  /** The last entry without a hole before it. */
  seq: number;

  /** `since`: the screen shows nothing up to there, and needs nothing of it. */
  constructor(
    readonly ticketId: string,
    since = 0,
  ) {
    this.seq = since;
  }

  get entries(): Entry[] {
    return [...this.held.entries()]
      .filter(([seq, entry]) => seq <= this.seq && entry !== null)
      .sort(([one], [other]) => one - other)
      .map(([, entry]) => entry as Entry);
  }

  subscribe(): Subscribe {
    this.asked = true;
    return { type: "subscribe", ticket_id: this.ticketId, since_seq: this.seq };
  }

  /** A stretch of the HTTP API: between `since` and its last entry nothing is missing, only hidden. */
  load(since: number, entries: readonly Entry[]): void {
    const last = entries.at(-1)?.seq ?? since;
    for (let seq = since + 1; seq <= last; seq++) if (!this.held.has(seq)) this.held.set(seq, null);
    for (const entry of entries) this.held.set(entry.seq, entry);
    this.high = Math.max(this.high, last);
    this.advance();
  }

  /** Whether it was news, and what to send. */
  hear(frame: EntryFrame): { news: boolean; send: Subscribe | null } {
    if (frame.seq <= this.seq || this.held.has(frame.seq)) return { news: false, send: null };
    this.held.set(frame.seq, frame.entry);
    this.high = Math.max(this.high, frame.seq);
    const before = this.seq;
    this.advance();
    return { news: this.seq > before, send: this.high > this.seq && !this.asked ? this.subscribe() : null };
  }

  subscribed(frame: SubscribedFrame): Subscribe | null {
    this.asked = false;
    return this.seq < frame.seq || this.high > this.seq || frame.more ? this.subscribe() : null;
  }

  private advance(): void {
    while (this.held.has(this.seq + 1)) this.seq += 1;
  }
}

/** The pieces of an answer in the making, up to the first that is missing. */
export class Draft {
  private turn = 0;
  private pieces = new Map<number, string>();

  hear(turn: number, index: number, text: string): void {
    if (turn !== this.turn) this.pieces = new Map();
    this.turn = turn;
    this.pieces.set(index, text);
  }

  /** An entry was written: what it answers is no draft any more. */
  settle(seq: number): void {
    if (seq > this.turn) this.pieces = new Map();
  }

  /** Null when nothing is in the making. */
  get text(): string | null {
    if (this.pieces.size === 0) return null;
    let text = "";
    for (let index = 0; this.pieces.has(index); index++) text += this.pieces.get(index);
    return text;
  }
}
