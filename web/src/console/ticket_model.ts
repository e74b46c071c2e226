import { signal } from "@preact/signals";
import { Problem, newKey, Unreachable } from "../shared/api";
import type { Hint } from "../shared/live";
import { Draft, Timeline } from "../shared/timeline";
import type { Change, Entry, Page, Receipt, Status, Ticket } from "../shared/types";
import { noted } from "./inbox_model";
import { Loading } from "./load";
import { api, live, reasonOf } from "./state";

/** The status machine's steps, as shared/tickets/states.py has them; the server has the last word. */
export const STEPS: Record<Status, Status[]> = {
  new: ["open", "pending", "on_hold", "resolved"],
  open: ["pending", "on_hold", "resolved"],
  pending: ["open", "on_hold", "resolved"],
  on_hold: ["open", "pending", "resolved"],
  resolved: ["open", "closed"],
  closed: [],
};
/** Milliseconds after a typing frame until the writer counts as gone. */
const TYPING_LASTS = 6_000;
const TYPING_AGAIN = 3_000;
const drafts = new Map<string, string>();

export type ComposerKind = "reply" | "note";

interface Sending {
  path: string;
  body: { content: string; after_seq?: number };
  key: string;
}

/** One open ticket: what is known of it, and what can be done. */
export class OpenTicket {
  readonly ticket = new Loading<Ticket>();
  readonly entries = signal<Entry[]>([]);
  readonly changes = signal<Record<number, Change>>({});
  readonly receipts = signal<Receipt[]>([]);
  readonly typing = signal<{ id: string | null; role: string } | null>(null);
  readonly draft = signal<string | null>(null);
  readonly text = signal("");
  readonly kind = signal<ComposerKind>("reply");
  readonly sending = signal(false);
  readonly failure = signal("");
  /** The entry up to which the reader has seen what is above; set where a reply was refused. */
  readonly stale = signal<number | null>(null);
  readonly acting = signal(false);
  readonly trouble = signal("");
  private readonly timeline: Timeline;
  private readonly making = new Draft();
  private last: Sending | null = null;
  private typed = 0;
  private silent: ReturnType<typeof setTimeout> | undefined;
  private stopFollowing: (() => void) | null = null;

  constructor(readonly id: string) {
    this.timeline = new Timeline(id);
    this.text.value = drafts.get(id) ?? "";
  }

  start(): () => void {
    void this.load();
    return () => {
      drafts.set(this.id, this.text.value);
      clearTimeout(this.silent);
      this.say("typing", { active: false });
      this.stopFollowing?.();
    };
  }

  async load(): Promise<void> {
    await this.ticket.run(async () => {
      const ticket = await api.get<Ticket>(`/api/v1/tickets/${this.id}`);
      await this.catchUp();
      return ticket;
    });
    if (this.ticket.value === undefined) return;
    this.stopFollowing ??= live.follow({ timeline: this.timeline, grown: () => void this.grown(), hint: (hint) => this.hint(hint) });
    void this.explain();
  }

  /** Everything after what is held, by the HTTP API. */
  private async catchUp(): Promise<void> {
    for (let cursor: string | null = ""; cursor !== null; ) {
      const since = this.timeline.seq;
      const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
      const page: Page<Entry> = await api.get(`/api/v1/tickets/${this.id}/messages?limit=100&since_seq=${since}${more}`);
      this.timeline.load(since, page.items);
      cursor = page.next_cursor;
    }
    this.show();
  }

  private show(): void {
    this.making.settle(this.timeline.seq);
    this.draft.value = this.making.text;
    this.entries.value = this.timeline.entries;
    if (document.visibilityState === "visible") this.say("read", { seq: this.timeline.seq });
  }

  private async grown(): Promise<void> {
    this.typing.value = null;
    this.show();
    await this.ticket.run(() => api.get<Ticket>(`/api/v1/tickets/${this.id}`), true);
    if (this.ticket.value) noted(this.ticket.value);
    void this.explain();
  }

  /** What changes meant and what stood behind answers; the conversation is whole without. */
  private async explain(): Promise<void> {
    const path = `/api/v1/tickets/${this.id}`;
    try {
      const changes: Record<number, Change> = {};
      for (let cursor: string | null = ""; cursor !== null; ) {
        const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
        const page: Page<Change> = await api.get(`${path}/history?limit=100${more}`);
        for (const change of page.items) changes[change.seq] = change;
        cursor = page.next_cursor;
      }
      this.changes.value = changes;
      this.receipts.value = (await api.get<Page<Receipt>>(`${path}/answers?limit=25`)).items;
    } catch (error) {
      reasonOf(error);
    }
  }

  private hint(hint: Hint): void {
    if (hint.type === "typing") {
      clearTimeout(this.silent);
      this.typing.value = hint.active ? { id: hint.user_id, role: hint.role } : null;
      this.silent = setTimeout(() => (this.typing.value = null), TYPING_LASTS);
    } else if (hint.type === "answer_delta") {
      this.making.hear(hint.turn, hint.index, hint.text_delta);
      this.draft.value = this.making.text;
    }
  }

  private say(type: string, more: object): void {
    live.say({ type, ticket_id: this.id, ...more });
  }

  write(text: string): void {
    this.text.value = text;
    if (Date.now() - this.typed < TYPING_AGAIN) return;
    this.typed = Date.now();
    this.say("typing", { active: text !== "", note: this.kind.value === "note" });
  }

  /** Sends what is written. The same words tried again after a lost answer are the same request. */
  async send(): Promise<void> {
    const content = this.text.value.trim();
    if (!content || this.sending.value) return;
    this.sending.value = true;
    this.failure.value = "";
    const asked = this.request(content);
    try {
      const entry = await api.post<Entry>(asked.path, asked.body, { key: asked.key });
      this.last = null;
      this.stale.value = null;
      this.text.value = "";
      this.typed = 0;
      this.timeline.hear({ type: "entry", ticket_id: this.id, seq: entry.seq, entry });
      await this.catchUp();
      await this.grown();
    } catch (error) {
      await this.refused(error, asked);
    }
    this.sending.value = false;
  }

  private request(content: string): Sending {
    const note = this.kind.value === "note";
    const path = `/api/v1/tickets/${this.id}/${note ? "notes" : "messages"}`;
    if (this.last?.path === path && this.last.body.content === content) return this.last;
    const body = note ? { content } : { content, after_seq: this.timeline.seq };
    return { path, body, key: newKey() };
  }

  private async refused(error: unknown, asked: Sending): Promise<void> {
    this.last = error instanceof Unreachable ? asked : null;
    if (!(error instanceof Problem && error.code === "stale_view")) {
      this.failure.value = reasonOf(error);
      return;
    }
    this.stale.value = asked.body.after_seq ?? 0;
    try {
      await this.catchUp();
    } catch (again) {
      this.failure.value = reasonOf(again);
    }
  }

  claim(): Promise<void> {
    const seen = this.ticket.value?.assignee_id ?? null;
    return this.act("assignment", { assignee_id: "me", expected_assignee_id: seen });
  }

  giveBack(): Promise<void> {
    return this.act("assignment", { assignee_id: "ai" });
  }

  move(to: Status): Promise<void> {
    return this.act("transitions", { to });
  }

  private async act(what: string, body: object): Promise<void> {
    this.acting.value = true;
    this.trouble.value = "";
    try {
      const ticket = await api.post<Ticket>(`/api/v1/tickets/${this.id}/${what}`, body);
      this.ticket.set(ticket);
      noted(ticket);
      await this.catchUp();
      void this.explain();
    } catch (error) {
      this.trouble.value = reasonOf(error);
      await this.grown();
    }
    this.acting.value = false;
  }
}
