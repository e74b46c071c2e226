import { describe, expect, test } from "vitest";
import { Draft, Timeline, type EntryFrame } from "../../src/shared/timeline";
import type { Entry } from "../../src/shared/types";

const entry = (seq: number): Entry => ({ id: `msg_${seq}`, seq, ticket_id: "tkt_1", content: `message ${seq}` }) as Entry;
const frame = (seq: number, hidden = false): EntryFrame => ({ type: "entry", ticket_id: "tkt_1", seq, entry: hidden ? null : entry(seq) });
const seqs = (timeline: Timeline): number[] => timeline.entries.map((one) => one.seq);
const ask = (since: number) => ({ type: "subscribe", ticket_id: "tkt_1", since_seq: since });

/** The same numbers in the same order each time: chance that can be repeated. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe("a timeline", () => {
  test("drops what it has", () => {
    const timeline = new Timeline("tkt_1");
    expect(timeline.hear(frame(1)).news).toBe(true);
    expect(timeline.hear(frame(1)).news).toBe(false);
    expect(seqs(timeline)).toEqual([1]);
  });

  test("keeps what comes early and asks for what is missing, once", () => {
    const timeline = new Timeline("tkt_1");
    timeline.hear(frame(1));
    expect(timeline.hear(frame(3)).send).toEqual(ask(1));
    expect(timeline.hear(frame(4)).send).toBeNull();
    expect(seqs(timeline)).toEqual([1]);
    timeline.hear(frame(2));
    expect(seqs(timeline)).toEqual([1, 2, 3, 4]);
  });

  test("takes a note's place without showing it", () => {
    const timeline = new Timeline("tkt_1");
    for (const one of [frame(1), frame(2, true), frame(3)]) timeline.hear(one);
    expect(seqs(timeline)).toEqual([1, 3]);
    expect(timeline.seq).toBe(3);
  });

  test("asks again when the server has more, or had more than came", () => {
    const timeline = new Timeline("tkt_1");
    timeline.subscribe();
    timeline.hear(frame(1));
    expect(timeline.subscribed({ type: "subscribed", ticket_id: "tkt_1", seq: 1, more: true })).toEqual(ask(1));
    expect(timeline.subscribed({ type: "subscribed", ticket_id: "tkt_1", seq: 3, more: false })).toEqual(ask(1));
    timeline.hear(frame(2));
    timeline.hear(frame(3));
    expect(timeline.subscribed({ type: "subscribed", ticket_id: "tkt_1", seq: 3, more: false })).toBeNull();
  });

  test("counts what a page of the HTTP API leaves out as hidden", () => {
    const timeline = new Timeline("tkt_1");
    timeline.load(0, [entry(1), entry(3)]);
    expect(timeline.seq).toBe(3);
    timeline.load(3, []);
    expect(timeline.hear(frame(4)).news).toBe(true);
  });

  test("that starts later hears only of what comes then", () => {
    const timeline = new Timeline("tkt_1", 7);
    expect(timeline.subscribe()).toEqual(ask(7));
    expect(timeline.hear(frame(7)).news).toBe(false);
    expect(timeline.hear(frame(8)).news).toBe(true);
  });

  test.each(Array.from({ length: 60 }, (_, seed) => seed))("holds exactly the truth, whatever is lost, doubled or reordered (seed %i)", (seed) => {
    const chance = dice(seed);
    const total = 1 + Math.floor(chance() * 40);
    const timeline = new Timeline("tkt_1");
    let since: number | null = 0;
    // Each round the server answers the last subscribe over a line that loses, doubles and reorders.
    for (let round = 0; round < 500 && timeline.seq < total; round++) {
      const from: number = since ?? timeline.subscribe().since_seq;
      since = null;
      const wire = [];
      for (let seq = from + 1; seq <= total; seq++) for (let copies = chance() < 0.2 ? 0 : chance() < 0.2 ? 2 : 1; copies > 0; copies--) wire.push(frame(seq, seq % 5 === 0));
      wire.sort(() => chance() - 0.5);
      for (const one of wire) since = timeline.hear(one).send?.since_seq ?? since;
      since = timeline.subscribed({ type: "subscribed", ticket_id: "tkt_1", seq: total, more: false })?.since_seq ?? since;
    }
    expect(timeline.seq).toBe(total);
    expect(seqs(timeline)).toEqual(Array.from({ length: total }, (_, at) => at + 1).filter((seq) => seq % 5 !== 0));
  });
});

describe("an answer in the making", () => {
  test("is shown in order, up to the first piece that is missing", () => {
    const draft = new Draft();
    draft.hear(1, 0, "");
    draft.hear(1, 2, "three");
    draft.hear(1, 1, "one ");
    draft.hear(1, 4, "lost");
    expect(draft.text).toBe("one three");
  });

  test("goes when its entry comes, or when another turn's starts", () => {
    const draft = new Draft();
    draft.hear(1, 0, "");
    draft.hear(1, 1, "old");
    draft.hear(3, 0, "new");
    expect(draft.text).toBe("new");
    draft.settle(3);
    expect(draft.text).toBe("new");
    draft.settle(4);
    expect(draft.text).toBeNull();
  });
});
