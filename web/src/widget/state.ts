import { computed, effect, signal, untracked } from "@preact/signals";
import { Api, newKey, Problem, Unreachable } from "../shared/api";
import { Live, pause, type Hint } from "../shared/live";
import { Outbox, type Waiting } from "../shared/outbox";
import { kept } from "../shared/storage";
import { Draft, Timeline } from "../shared/timeline";
import type { Entry, Page, Ticket } from "../shared/types";
import { t } from "./messages";

export type Screen = { name: "home" } | { name: "chat" } | { name: "sign" } | { name: "article"; slug?: string; id?: string; version?: number; from: "home" | "chat" };

export const api = new Api("widget");
export const live = new Live(api);
export const screen = signal<Screen>({ name: "home" });
export const online = signal(navigator.onLine);
export const ticket = signal<Ticket | null>(null);
export const entries = signal<Entry[]>([]);
export const draft = signal<string | null>(null);
export const staffTyping = signal(false);
export const trouble = signal("");
const rated = kept<Record<string, boolean>>("scs.widget.rated", {});
export const ratings = signal(rated.read());
/** Names what is written before there is a ticket. */
const conversation = kept("scs.widget.conversation", "");
const chosen = kept<string | null>("scs.widget.ticket", null);

const TYPING_LASTS = 6_000;
const TYPING_AGAIN = 3_000;
/** Characters of the first message that make the subject. */
const SUBJECT = 80;

export function reasonOf(error: unknown): string {
  if (error instanceof Unreachable) return t("error.network");
  return (error instanceof Problem && error.message) || t("error.unknown");
}

export const outbox = new Outbox("scs.widget.outbox", deliver);

async function deliver(item: Waiting): Promise<string> {
  const ask = { key: item.key };
  if (item.ticket === null) {
    const subject = item.content.replace(/\s+/g, " ").slice(0, SUBJECT).trim();
    const made = await api.post<Ticket>("/api/v1/tickets", { subject, description: item.content }, ask);
    await open(made.id);
    return made.id;
  }
  const entry = await api.post<Entry>(`/api/v1/tickets/${item.ticket}/messages`, { content: item.content }, ask);
  // A message on a closed ticket has opened a new one.
  if (entry.ticket_id !== ticket.value?.id) await open(entry.ticket_id);
  else await catchUp();
  return entry.ticket_id;
}

let attempts = 0;
let again: ReturnType<typeof setTimeout> | undefined;

/** What is on its way of who sits here now. */
export const waiting = computed(() => {
  const me = api.user.value?.id ?? null;
  return outbox.items.value.filter((item) => item.owner === null || item.owner === me);
});

/** Sends what waits, and goes on trying. */
export async function flush(): Promise<void> {
  clearTimeout(again);
  const me = api.user.value;
  if (me === null) return;
  if (await outbox.flush(me.id)) attempts = 0;
  else if (api.user.value === null) screen.value = { name: "sign" };
  else again = setTimeout(() => void flush(), pause(attempts++));
}

export function write(content: string): void {
  if (!conversation.read()) conversation.write(newKey());
  const me = api.user.value?.id ?? null;
  outbox.add(content, conversation.read(), me === null ? null : (ticket.value?.id ?? chosen.read()), me);
  if (api.user.value === null) screen.value = { name: "sign" };
  else void flush();
}

let timeline: Timeline | null = null;
let making = new Draft();
let stopFollowing: (() => void) | null = null;
let quiet: ReturnType<typeof setTimeout> | undefined;

function leave(): void {
  stopFollowing?.();
  stopFollowing = null;
  timeline = null;
  making = new Draft();
  entries.value = [];
  draft.value = null;
  ticket.value = null;
}

export async function open(id: string): Promise<void> {
  leave();
  const mine = new Timeline(id);
  timeline = mine;
  chosen.write(id);
  ticket.value = await api.get<Ticket>(`/api/v1/tickets/${id}`);
  await catchUp();
  stopFollowing = live.follow({ timeline: mine, grown: () => void grown(mine), hint });
}

async function catchUp(): Promise<void> {
  const mine = timeline;
  if (mine === null) return;
  for (let cursor: string | null = ""; cursor !== null; ) {
    const since = mine.seq;
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page: Page<Entry> = await api.get(`/api/v1/tickets/${mine.ticketId}/messages?limit=100&since_seq=${since}${more}`);
    mine.load(since, page.items);
    cursor = page.next_cursor;
  }
  show(mine);
}

function show(mine: Timeline): void {
  if (mine !== timeline) return;
  making.settle(mine.seq);
  draft.value = making.text;
  entries.value = mine.entries;
  if (shown.value) live.say({ type: "read", ticket_id: mine.ticketId, seq: mine.seq });
}

async function grown(mine: Timeline): Promise<void> {
  const before = entries.value.length;
  staffTyping.value = false;
  show(mine);
  const news = entries.value.slice(before).filter((entry) => entry.kind === "message" && entry.type !== "user");
  if (!shown.value) unread.value += news.length;
  try {
    const fresh = await api.get<Ticket>(`/api/v1/tickets/${mine.ticketId}`);
    if (mine === timeline) ticket.value = fresh;
  } catch {
    // The conversation is whole; what became of the ticket is told with the next entry.
  }
}

function hint(told: Hint): void {
  if (told.type === "answer_delta") {
    making.hear(told.turn, told.index, told.text_delta);
    draft.value = making.text;
  } else if (told.type === "typing" && told.role !== "customer") {
    clearTimeout(quiet);
    staffTyping.value = told.active;
    quiet = setTimeout(() => (staffTyping.value = false), TYPING_LASTS);
  }
}

let typed = 0;

export function typing(): void {
  if (timeline === null || Date.now() - typed < TYPING_AGAIN) return;
  typed = Date.now();
  live.say({ type: "typing", ticket_id: timeline.ticketId });
}

/** The conversation that was open here, or else the newest that is not closed. */
export async function restore(): Promise<void> {
  try {
    const page = await api.get<Page<Ticket>>("/api/v1/tickets?limit=25");
    const known = page.items.find((one) => one.id === chosen.read()) ?? page.items.find((one) => one.status !== "closed");
    if (known && waiting.value.every((item) => item.ticket !== null)) await open(known.id);
    else if (!known) chosen.write(null);
  } catch (error) {
    trouble.value = reasonOf(error);
  }
  await flush();
}

export function startAnew(): void {
  leave();
  chosen.write(null);
  conversation.write(newKey());
}

export async function askForPerson(): Promise<void> {
  const now = ticket.value;
  if (now === null) return;
  try {
    ticket.value = await api.post<Ticket>(`/api/v1/tickets/${now.id}/handover`, {});
    await catchUp();
  } catch (error) {
    trouble.value = reasonOf(error);
  }
}

export async function rate(answer: string, helpful: boolean): Promise<void> {
  try {
    await api.post(`/api/v1/ai/answers/${answer}/feedback`, { helpful });
    ratings.value = { ...ratings.value, [answer]: helpful };
    rated.write(ratings.value);
  } catch (error) {
    trouble.value = reasonOf(error);
  }
}

/** Whether the page around us shows the panel. */
export const shown = signal(true);
export const unread = signal(0);

function tell(word: string, value?: number): void {
  if (parent !== window) parent.postMessage({ scs: word, value }, "*");
}

export const close = (): void => tell("close");

const lastHere = kept<string | null>("scs.widget.last", null);

function signedOut(): void {
  live.stop();
  leave();
}

function signedIn(me: string): void {
  // Somebody else's conversation is none of theirs.
  if (lastHere.read() !== me) chosen.write(null);
  lastHere.write(me);
  live.start();
  void restore();
}

export function listen(): void {
  addEventListener("online", () => ((online.value = true), void flush()));
  addEventListener("offline", () => (online.value = false));
  addEventListener("message", (event) => {
    if (event.source !== parent) return;
    const word = (event.data as { scs?: string } | null)?.scs;
    if (word === "shown" || word === "hidden") shown.value = word === "shown";
    if (word === "shown") unread.value = 0;
  });
  effect(() => tell("unread", unread.value));
  effect(() => {
    const me = api.user.value?.id ?? null;
    untracked(() => (me === null ? signedOut() : signedIn(me)));
  });
}
