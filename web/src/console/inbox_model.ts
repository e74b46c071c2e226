import { signal } from "@preact/signals";
import { Timeline } from "../shared/timeline";
import type { Page, Priority, Status, Ticket } from "../shared/types";
import { Loading } from "./load";
import { api, live } from "./state";

export type View = "open" | "mine" | "people" | "ai" | "all";
export const VIEWS: View[] = ["open", "mine", "people", "ai", "all"];
export const STATUSES: Status[] = ["new", "open", "pending", "on_hold", "resolved", "closed"];
export const PRIORITIES: Priority[] = ["urgent", "high", "normal", "low"];
const ACTIVE: ReadonlySet<Status> = new Set(["new", "open", "pending", "on_hold"]);
/** Milliseconds after which the list's head is read again: tickets nobody follows yet are new to the socket. */
export const POLL = 10_000;
/** A connection follows 50 tickets at most; the open one needs a place. */
const FOLLOWED = 40;

export const view = signal<View>("open");
export const status = signal<Status | "">("");
export const priority = signal<Priority | "">("");
export const list = new Loading<Page<Ticket>>();
/** Tickets that have grown since they were last open. */
export const fresh = signal<ReadonlySet<string>>(new Set());

export function query(of: View, inStatus: Status | "", withPriority: Priority | "", cursor: string | null): string {
  const asked = new URLSearchParams({ limit: "25" });
  if (of === "mine") asked.set("assignee_id", "me");
  if (of === "people") asked.set("owner", "human");
  if (of === "ai") asked.set("owner", "ai");
  if (inStatus) asked.set("status", inStatus);
  if (withPriority) asked.set("priority", withPriority);
  if (cursor) asked.set("cursor", cursor);
  return `/api/v1/tickets?${asked}`;
}

/** The API narrows to one status; "Open" is four of them, so it is narrowed here, and pages may come short. */
export const belongs = (ticket: Ticket): boolean => view.value !== "open" || status.value !== "" || ACTIVE.has(ticket.status);

/** A newer head of the list in front of what stays of the older ones; the last active first. */
export function merged(head: readonly Ticket[], older: readonly Ticket[]): Ticket[] {
  const known = new Set(head.map((ticket) => ticket.id));
  const all = [...head, ...older.filter((ticket) => !known.has(ticket.id))];
  return all.sort((one, other) => other.updated_at.localeCompare(one.updated_at));
}

/** Pages of which little is left after narrowing are followed by the next, up to a few. */
async function fetchPage(cursor: string | null): Promise<Page<Ticket>> {
  const items: Ticket[] = [];
  for (let pages = 1; ; pages++) {
    const page: Page<Ticket> = await api.get(query(view.value, status.value, priority.value, cursor));
    items.push(...page.items);
    cursor = page.next_cursor;
    if (cursor === null || pages === 4 || items.filter(belongs).length >= 12) return { items, next_cursor: cursor };
  }
}

export const reload = (): Promise<void> => list.run(() => fetchPage(null));

export async function refresh(): Promise<void> {
  const shown = list.value;
  if (!shown) return reload();
  await list.run(async () => {
    const head = await fetchPage(null);
    const reach = head.items.at(-1)?.updated_at ?? "";
    const older = head.next_cursor === null ? [] : shown.items.filter((ticket) => ticket.updated_at < reach);
    return { items: merged(head.items, older), next_cursor: older.length > 0 ? shown.next_cursor : head.next_cursor };
  }, true);
}

export async function more(): Promise<void> {
  const shown = list.value;
  if (!shown?.next_cursor) return;
  await list.run(async () => {
    const next = await fetchPage(shown.next_cursor);
    return { items: merged(shown.items, next.items), next_cursor: next.next_cursor };
  }, true);
}

/** What the open page learnt of a ticket. */
export function noted(ticket: Ticket): void {
  const shown = list.value;
  if (!shown) return;
  const items = shown.items.map((one) => (one.id === ticket.id && one.version <= ticket.version ? ticket : one));
  list.set({ ...shown, items: merged(items, []) });
}

export const opened = signal<string | null>(null);
const followed = new Map<string, () => void>();

async function grown(id: string): Promise<void> {
  if (id !== opened.value) fresh.value = new Set(fresh.value).add(id);
  try {
    noted(await api.get<Ticket>(`/api/v1/tickets/${id}`));
  } catch {
    // The next look at the list tells.
  }
}

/** Follows what is shown and nothing else, so that it moves the moment something is written. */
export function followOnly(tickets: readonly Ticket[]): void {
  const wanted = new Set(tickets.slice(0, FOLLOWED).map((ticket) => ticket.id));
  for (const [id, stop] of followed) if (!wanted.has(id) && followed.delete(id)) stop();
  for (const { id, seq } of tickets.slice(0, FOLLOWED)) {
    if (!followed.has(id)) followed.set(id, live.follow({ timeline: new Timeline(id, seq), grown: () => void grown(id) }));
  }
}
