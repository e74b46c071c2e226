import { describe, expect, test } from "vitest";
import { Problem, Unreachable } from "../../src/shared/api";
import { Outbox, type Alone, type Send, type Waiting } from "../../src/shared/outbox";
import type { Shelf } from "../../src/shared/storage";

const alone: Alone = (act) => act();

function shelfOf(held = new Map<string, string>()): Shelf {
  return { getItem: (name) => held.get(name) ?? null, setItem: (name, text) => void held.set(name, text) };
}

/** A server that takes each key once, over a line on which requests and answers get lost. */
class Server {
  readonly taken = new Map<string, string>();
  readonly order: string[] = [];
  private tickets = 0;

  constructor(private readonly fate: (attempt: number) => "fine" | "lost" | "lost answer") {}

  private attempts = 0;

  readonly send: Send = async (item: Waiting) => {
    const fate = this.fate(this.attempts++);
    if (fate === "lost") throw new Unreachable();
    let ticket = this.taken.get(item.key);
    if (ticket === undefined) {
      ticket = item.ticket ?? `tkt_${++this.tickets}`;
      this.taken.set(item.key, ticket);
      this.order.push(item.content);
    }
    if (fate === "lost answer") throw new Unreachable();
    return ticket;
  };
}

const outboxOver = (send: Send, on: Shelf = shelfOf()): Outbox => new Outbox("out", send, on, alone);

describe("the outbox", () => {
  test("sends in order, and the first message's ticket is that of the rest", async () => {
    const server = new Server(() => "fine");
    const outbox = outboxOver(server.send);
    for (const text of ["one", "two", "three"]) outbox.add(text, "c", null, "me");
    expect(await outbox.flush("me")).toBe(true);
    expect(server.order).toEqual(["one", "two", "three"]);
    expect(new Set(server.taken.values())).toEqual(new Set(["tkt_1"]));
    expect(outbox.items.value).toEqual([]);
  });

  test("keeps what was not acknowledged, also for the page that comes after a reload", async () => {
    const held = shelfOf();
    const away = new Server(() => "lost");
    const before = outboxOver(away.send, held);
    before.add("one", "c", "tkt_9", "me");
    expect(await before.flush("me")).toBe(false);
    const server = new Server(() => "fine");
    const after = outboxOver(server.send, held);
    expect(after.items.value.map((item) => item.content)).toEqual(["one"]);
    await after.flush("me");
    expect([...server.taken.keys()]).toEqual([before.items.value[0]!.key]);
    expect(outboxOver(server.send, held).items.value).toEqual([]);
  });

  test("an answer that was lost does not send twice", async () => {
    const server = new Server((attempt) => (attempt % 2 === 0 ? "lost answer" : "fine"));
    const outbox = outboxOver(server.send);
    for (const text of ["one", "two"]) outbox.add(text, "c", null, "me");
    while (!(await outbox.flush("me")));
    expect(server.order).toEqual(["one", "two"]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("each message arrives once and in order over a bad line (seed %i)", async (seed) => {
    const fates = ["fine", "lost", "lost answer"] as const;
    const server = new Server((attempt) => fates[(attempt * 7 + seed * attempt * attempt + seed) % 3]!);
    const held = shelfOf();
    const texts = Array.from({ length: 12 }, (_, at) => `message ${at}`);
    const first = outboxOver(server.send, held);
    for (const text of texts) first.add(text, "c", null, "me");
    // Each attempt is a page of its own: a reload after every failure.
    for (let page = 0; page < 400 && outboxOver(server.send, held).items.value.length > 0; page++) await outboxOver(server.send, held).flush("me");
    expect(server.order).toEqual(texts);
    expect(new Set(server.taken.values()).size).toBe(1);
  });

  test("what the server refuses waits for the customer and holds its conversation, and no other", async () => {
    const refusing: Send = async (item) => {
      if (item.content === "bad") throw new Problem(422, "invalid", "too long");
      return "tkt_1";
    };
    const outbox = outboxOver(refusing);
    outbox.add("bad", "a", "tkt_1", "me");
    outbox.add("behind it", "a", "tkt_1", "me");
    outbox.add("elsewhere", "b", "tkt_2", "me");
    expect(await outbox.flush("me")).toBe(true);
    expect(outbox.items.value.map(({ content, refused }) => [content, refused])).toEqual([
      ["bad", "too long"],
      ["behind it", undefined],
    ]);
    outbox.drop(outbox.items.value[0]!.key);
    await outbox.flush("me");
    expect(outbox.items.value).toEqual([]);
  });

  test.each([401, 429, 500, 503])("a %i is no refusal", async (status) => {
    const outbox = outboxOver(async () => {
      throw new Problem(status, "later", "");
    });
    outbox.add("one", "c", null, "me");
    expect(await outbox.flush("me")).toBe(false);
    expect(outbox.items.value[0]!.refused).toBeUndefined();
  });

  test("what was written before the log-in is of who logs in; what another wrote stays theirs", async () => {
    const server = new Server(() => "fine");
    const outbox = outboxOver(server.send);
    outbox.add("theirs", "a", "tkt_1", "somebody else");
    outbox.add("mine", "b", null, null);
    await outbox.flush("me");
    expect(server.order).toEqual(["mine"]);
    expect(outbox.items.value.map((item) => item.content)).toEqual(["theirs"]);
  });
});
