import { effect, signal, untracked } from "@preact/signals";
import { Api, Problem, Unreachable } from "../shared/api";
import { Live } from "../shared/live";
import type { User } from "../shared/types";
import { t } from "./messages";

export const api = new Api("console");
export const live = new Live(api);

/** The part of the address behind `#`: `/inbox`, `/tickets/…`, `/knowledge`, `/knowledge/…`. */
export const route = signal(readRoute());
/** Whether the last request was answered at all. */
export const reachable = signal(true);
/** A line that is read out and goes away with the next one. */
export const said = signal("");
/** The answer whose receipt is open. */
export const receiptOpen = signal<string | null>(null);

function readRoute(): string {
  return location.hash.slice(1) || "/inbox";
}

export function go(path: string): void {
  location.hash = path;
}

export function listen(): void {
  addEventListener("hashchange", () => (route.value = readRoute()));
  addEventListener("offline", () => (reachable.value = false));
  addEventListener("online", () => (reachable.value = true));
  effect(() => {
    const staff = api.user.value !== null && api.user.value.role !== "customer";
    untracked(() => (staff ? live.start() : live.stop()));
  });
}

export function reasonOf(error: unknown): string {
  if (error instanceof Unreachable) {
    reachable.value = false;
    return t("error.network");
  }
  if (error instanceof Problem && error.status === 403) return t("error.forbidden");
  return (error instanceof Problem && error.message) || t("error.unknown");
}

const people = signal<Record<string, User | null>>({});

/** A person's name, asked for once; until it is known, nothing. */
export function person(id: string | null): User | null {
  if (!id?.startsWith("usr_")) return null;
  const known = people.value[id];
  if (known === undefined) {
    queueMicrotask(() => void ask(id));
    return null;
  }
  return known;
}

const asking = new Set<string>();

async function ask(id: string): Promise<void> {
  if (asking.has(id)) return;
  asking.add(id);
  let found: User | null = null;
  try {
    found = await api.get<User>(`/api/v1/users/${id}`);
  } catch (error) {
    if (error instanceof Unreachable) return void asking.delete(id);
  }
  people.value = { ...people.value, [id]: found };
}
