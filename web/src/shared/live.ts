import { signal } from "@preact/signals";
import { Problem, type Api } from "./api";
import { Timeline, type EntryFrame, type SubscribedFrame } from "./timeline";

export type Hint =
  | { type: "typing"; ticket_id: string; user_id: string | null; role: string; active: boolean; note: boolean }
  | { type: "presence"; ticket_id: string; viewers: { user_id: string; role: string }[] }
  | { type: "read"; ticket_id: string; user_id: string | null; role: string; seq: number }
  | { type: "answer_delta"; ticket_id: string; turn: number; index: number; text_delta: string };

type Frame = EntryFrame | SubscribedFrame | Hint | { type: "pong" } | { type: "error"; code: string; ticket_id: string | null };

export interface Follower {
  timeline: Timeline;
  /** The timeline has grown. */
  grown(): void;
  hint?(hint: Hint): void;
}

const RESYNC = 60_000;
const PATIENCE = 10_000;

/** Milliseconds before the n-th attempt in a row: doubling, at most half a minute, spread so that nobody storms. */
export function pause(attempt: number, chance = Math.random()): number {
  return Math.min(30_000, 500 * 2 ** attempt) * (0.5 + chance / 2);
}

/** One socket for the page. It resumes what is followed after every cut, and every minute whatever it has heard. */
export class Live {
  readonly state = signal<"off" | "connecting" | "on">("off");
  private readonly followers = new Map<string, Set<Follower>>();
  private socket: WebSocket | null = null;
  private attempt = 0;
  private wanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private heard = 0;

  constructor(private readonly api: Api) {}

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    globalThis.addEventListener("online", this.now);
    globalThis.addEventListener("offline", this.cut);
    void this.connect();
  }

  stop(): void {
    this.wanted = false;
    globalThis.removeEventListener("online", this.now);
    globalThis.removeEventListener("offline", this.cut);
    clearTimeout(this.timer);
    this.cut();
    this.state.value = "off";
  }

  /** Follow a ticket until the returned function is called. */
  follow(follower: Follower): () => void {
    const id = follower.timeline.ticketId;
    const all = this.followers.get(id) ?? new Set<Follower>();
    this.followers.set(id, all.add(follower));
    this.say(follower.timeline.subscribe());
    return () => {
      all.delete(follower);
      if (all.size > 0) return;
      this.followers.delete(id);
      this.say({ type: "unsubscribe", ticket_id: id });
    };
  }

  say(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private readonly now = (): void => {
    this.attempt = 0;
    if (this.socket === null) void this.connect();
  };

  private readonly cut = (): void => {
    this.socket?.close();
    this.lost();
  };

  private async connect(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.wanted || this.state.value === "connecting") return;
    this.state.value = "connecting";
    try {
      const door = await this.api.post<{ ticket: string; url: string }>("/api/v1/realtime/tickets", {});
      const url = new URL(door.url, location.href);
      url.searchParams.set("ticket", door.ticket);
      if (this.wanted) this.open(new WebSocket(url));
    } catch (error) {
      if (error instanceof Problem && error.code === "signed_out") this.stop();
      else this.lost();
    }
  }

  private open(socket: WebSocket): void {
    this.socket = socket;
    const late = setTimeout(() => socket.close(), PATIENCE);
    socket.addEventListener("open", () => {
      clearTimeout(late);
      this.state.value = "on";
      this.attempt = 0;
      this.heard = Date.now();
      this.resume();
      this.beat = setInterval(() => this.check(), RESYNC);
    });
    socket.addEventListener("message", (event) => this.hear(JSON.parse(String(event.data)) as Frame));
    socket.addEventListener("close", () => {
      clearTimeout(late);
      if (this.socket === socket) this.lost();
    });
  }

  private lost(): void {
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.socket = null;
    this.state.value = "off";
    if (this.wanted) this.timer = setTimeout(() => void this.connect(), pause(this.attempt++));
  }

  /** A connection that has been silent through two beats is dead, whatever the browser thinks. */
  private check(): void {
    if (Date.now() - this.heard > 2 * RESYNC) return this.cut();
    this.say({ type: "ping" });
    this.resume();
  }

  private resume(): void {
    for (const all of this.followers.values()) for (const one of all) this.say(one.timeline.subscribe());
  }

  private hear(frame: Frame): void {
    this.heard = Date.now();
    if (!("ticket_id" in frame) || frame.ticket_id === null) return;
    for (const follower of this.followers.get(frame.ticket_id) ?? []) this.tell(follower, frame);
  }

  private tell(follower: Follower, frame: Frame): void {
    if (frame.type === "entry") {
      const { news, send } = follower.timeline.hear(frame);
      if (send) this.say(send);
      if (news) follower.grown();
    } else if (frame.type === "subscribed") {
      const again = follower.timeline.subscribed(frame);
      if (again) this.say(again);
    } else if (frame.type !== "pong" && frame.type !== "error") {
      follower.hint?.(frame);
    }
  }
}
