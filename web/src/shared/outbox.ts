import { signal } from "@preact/signals";
import { newKey, Problem } from "./api";
import { kept, shelf, type Kept, type Shelf } from "./storage";

/** A message on its way. Its key goes with every attempt, so the server takes it once however often it is sent. */
export interface Waiting {
  key: string;
  /** Messages of one conversation go out in order, into the ticket that the first of them opens. */
  conversation: string;
  ticket: string | null;
  content: string;
  /** Who wrote it; null before they have said who they are. */
  owner: string | null;
  /** Milliseconds since the epoch. */
  at: number;
  /** Why the server will not take it; it waits for the customer to decide. */
  refused?: string;
}

/** Sends one and answers with the ticket it went into; throws Problem when refused, anything else when nothing came back. */
export type Send = (item: Waiting) => Promise<string>;

/** Runs in one tab at a time. */
export type Alone = <T>(act: () => Promise<T>) => Promise<T>;

const alone: Alone = (act) => {
  const locks = globalThis.navigator?.locks;
  return locks ? (locks.request("scs.outbox", act) as ReturnType<typeof act>) : act();
};

/** Another attempt may well succeed: the server is busy, away, or the log-in has run out. */
const passes = (problem: Problem): boolean => problem.status >= 500 || problem.status === 429 || problem.status === 401;

/** Messages that were not acknowledged yet. They survive a reload, and a crash between an answer and its record. */
export class Outbox {
  readonly items = signal<Waiting[]>([]);
  readonly busy = signal(false);
  private readonly store: Kept<Waiting[]>;

  constructor(
    name: string,
    private readonly send: Send,
    on: Shelf = shelf,
    private readonly exclusive: Alone = alone,
  ) {
    this.store = kept<Waiting[]>(name, [], on);
    this.items.value = this.store.read();
  }

  add(content: string, conversation: string, ticket: string | null, owner: string | null): Waiting {
    const item = { key: newKey(), conversation, ticket, content, owner, at: Date.now() };
    this.change((items) => [...items, item]);
    return item;
  }

  drop(key: string): void {
    this.change((items) => items.filter((item) => item.key !== key));
  }

  /** Let the customer's refused messages go once more. */
  forgive(): void {
    this.change((items) => items.map((item) => ({ ...item, refused: undefined })));
  }

  /** Sends what that person wrote, in order; true when nothing is left that another attempt could send. */
  flush(owner: string): Promise<boolean> {
    return this.exclusive(() => {
      this.change((items) => items.map((item) => ({ ...item, owner: item.owner ?? owner })));
      return this.drain(owner);
    });
  }

  private async drain(owner: string): Promise<boolean> {
    this.busy.value = true;
    try {
      const stuck = new Set<string>();
      for (let item = this.next(owner, stuck); item; item = this.next(owner, stuck)) {
        if (item.refused !== undefined) stuck.add(item.conversation);
        else if (!(await this.attempt(item))) return false;
      }
      return true;
    } finally {
      this.busy.value = false;
    }
  }

  /** The oldest of a conversation in which nothing before it is stuck. */
  private next(owner: string, stuck: ReadonlySet<string>): Waiting | undefined {
    this.items.value = this.store.read();
    return this.items.value.find((item) => item.owner === owner && !stuck.has(item.conversation));
  }

  private async attempt(item: Waiting): Promise<boolean> {
    try {
      const ticket = await this.send(item);
      this.change((items) => items.filter((one) => one.key !== item.key).map((one) => (one.conversation === item.conversation ? { ...one, ticket } : one)));
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || passes(error)) return false;
      this.change((items) => items.map((one) => (one.key === item.key ? { ...one, refused: error.message || error.code } : one)));
      return true;
    }
  }

  private change(by: (items: Waiting[]) => Waiting[]): void {
    const items = by(this.store.read());
    this.store.write(items);
    this.items.value = items;
  }
}
