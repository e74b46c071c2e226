import { expect, test, vi } from "vitest";
import type { Ticket } from "../../src/shared/types";

vi.stubGlobal("location", { hash: "", href: "http://127.0.0.1/console/" });
const { merged, query } = await import("../../src/console/inbox_model");
const { STEPS } = await import("../../src/console/ticket_model");
const { pause } = await import("../../src/shared/live");

const ticket = (id: string, minute: number): Ticket => ({ id, updated_at: `2026-11-27T10:${String(minute).padStart(2, "0")}:00.000Z` }) as Ticket;

test("a newer head takes the place of what it holds, and the rest stays in order", () => {
  const head = [ticket("b", 9), ticket("d", 8)];
  const older = [ticket("a", 7), ticket("b", 5), ticket("c", 4)];
  expect(merged(head, older).map((one) => one.id)).toEqual(["b", "d", "a", "c"]);
  expect(merged(head, older).find((one) => one.id === "b")!.updated_at).toContain("10:09");
});

test("views and filters are questions of the API", () => {
  expect(query("mine", "pending", "high", null)).toBe("/api/v1/tickets?limit=25&assignee_id=me&status=pending&priority=high");
  expect(query("ai", "", "", "a+b")).toBe("/api/v1/tickets?limit=25&owner=ai&cursor=a%2Bb");
  expect(query("open", "", "", null)).toBe("/api/v1/tickets?limit=25");
});

test("the steps offered are the steps there are", async () => {
  const { readFileSync } = await import("node:fs");
  const states = readFileSync(new URL("../../../shared/tickets/states.py", import.meta.url), "utf8");
  const table = states.slice(states.indexOf("TRANSITIONS:"), states.indexOf("ACTIVE:"));
  const rows = [...table.matchAll(/"(\w+)": frozenset\((?:\{([^}]*)\})?\)/g)].map((row) => [row[1]!, [...(row[2] ?? "").matchAll(/"(\w+)"/g)].map((one) => one[1]!)]);
  expect(rows).toHaveLength(6);
  expect(Object.fromEntries(rows)).toEqual(STEPS);
});

test("attempts become rare, never rarer than half a minute, and are spread", () => {
  expect(pause(0, 1)).toBe(500);
  expect(pause(3, 1)).toBe(4000);
  expect(pause(3, 0)).toBe(2000);
  expect(pause(40, 1)).toBe(30_000);
});
