import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** Browser parts that the module looks for when it is loaded. */
const held = new Map<string, string>();
vi.stubGlobal("localStorage", { getItem: (name: string) => held.get(name) ?? null, setItem: (name: string, text: string) => void held.set(name, text) });
const { Api, Problem, Unreachable } = await import("../../src/shared/api");

type Asked = { path: string; headers: Record<string, string>; body: string | undefined };
let asked: Asked[] = [];
let answers: (Response | Error | (() => Response))[] = [];

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(body), { status, headers });
const signedIn = (access: string) => ({ access_token: access, refresh_token: `${access}-r`, expires_in: 900, user: { id: "usr_1" } });

beforeEach(() => {
  held.clear();
  asked = [];
  answers = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, headers: init.headers as Record<string, string>, body: init.body as string | undefined });
    const next = answers.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error("nothing left to answer");
    return typeof next === "function" ? next() : next;
  });
});
afterEach(() => void vi.useRealTimers());

async function api() {
  const one = new Api("test");
  answers.push(json(200, signedIn("first")));
  await one.signIn("/api/v1/auth/login", {});
  asked = [];
  return one;
}

test("the token, the key and the version go with a request", async () => {
  const one = await api();
  answers.push(json(200, {}));
  await one.send("PUT", "/x", { body: { a: 1 }, key: "k", ifMatch: 3 });
  expect(asked[0]!.headers).toMatchObject({ Authorization: "Bearer first", "Idempotency-Key": "k", "If-Match": '"3"', "Accept-Language": "en" });
});

test("a token that has run out is exchanged once, and the request goes again with the new one", async () => {
  const one = await api();
  answers.push(json(401, { code: "token_expired" }), json(200, signedIn("second")), json(200, { ok: true }));
  expect(await one.get("/x")).toEqual({ ok: true });
  expect(asked.map(({ path, headers }) => [path, headers["Authorization"]])).toEqual([
    ["/x", "Bearer first"],
    ["/api/v1/auth/refresh", undefined],
    ["/x", "Bearer second"],
  ]);
});

test("one that will run out within half a minute is exchanged before", async () => {
  const one = await api();
  vi.useFakeTimers({ now: Date.now() + 880_000 });
  answers.push(json(200, signedIn("second")), json(200, {}));
  await one.get("/x");
  expect(asked.map(({ path }) => path)).toEqual(["/api/v1/auth/refresh", "/x"]);
});

test("what another tab exchanged meanwhile is used, not exchanged again", async () => {
  const one = await api();
  const renewed = JSON.stringify({ ...(JSON.parse(held.get("scs.test.session")!) as object), access: "second", refresh: "second-r" });
  const meanwhile = (): Response => {
    held.set("scs.test.session", renewed);
    return json(401, {});
  };
  answers.push(meanwhile, json(200, {}));
  await one.get("/x");
  expect(asked.map(({ path, headers }) => [path, headers["Authorization"]])).toEqual([
    ["/x", "Bearer first"],
    ["/x", "Bearer second"],
  ]);
});

test("a refresh that is refused signs out; one that gets no answer does not", async () => {
  const one = await api();
  answers.push(json(401, {}), new Error("cut"));
  await expect(one.get("/x")).rejects.toBeInstanceOf(Unreachable);
  expect(one.user.value).not.toBeNull();
  answers.push(json(401, {}), json(401, { code: "refresh_token_reused" }));
  await expect(one.get("/x")).rejects.toMatchObject({ code: "signed_out" });
  expect(one.user.value).toBeNull();
});

test("a refusal tells its code, its sentence and when to come again", async () => {
  const one = await api();
  answers.push(json(429, { code: "rate_limited", detail: "Too many." }, { "Retry-After": "7" }));
  const refusal = await one.get("/x").catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Problem);
  expect(refusal).toMatchObject({ status: 429, code: "rate_limited", message: "Too many.", retryAfter: 7 });
});

test("an answer that is no JSON is a refusal too", async () => {
  const one = await api();
  answers.push(new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await expect(one.get("/x")).rejects.toMatchObject({ status: 502, code: "http_502" });
});
