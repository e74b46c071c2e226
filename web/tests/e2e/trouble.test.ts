import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launch } from "./browser";
import { Customer, staff } from "./people";
import { Caller, until } from "./system";

const system = inject("system");
let browser: Browser;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());

interface Entries {
  items: { seq: number; type: string | null; content: string | null }[];
}

async function handedOver(subject: string): Promise<{ id: string; customer: Caller }> {
  const customer = new Caller(system, "john@example.com");
  const body = { subject, description: "I want to talk to a person, please." };
  const ticket = await customer.call<{ id: string }>("POST", "/api/v1/tickets", body);
  await customer.call("POST", `/api/v1/tickets/${ticket.id}/handover`, {});
  return { id: ticket.id, customer };
}

/** A socket that opens and says nothing: the page does not know that it hears nothing. */
const deafen = (page: Page): Promise<void> => page.context().routeWebSocket(/\/ws/, () => undefined);

test("a reply to what has gone on meanwhile is refused, shown, and sent on a second word", async () => {
  const { id, customer } = await handedOver("Stale view");
  const agent = await staff(browser, system, "agent.kim@example.com");
  await deafen(agent.page);
  await agent.page.goto(`/console/#/tickets/${id}`);
  await agent.page.reload();
  await agent.page.locator(".bubble.user").waitFor();
  await agent.page.locator("#composer-text").fill("Please tell me your order number.");
  await customer.call("POST", `/api/v1/tickets/${id}/messages`, { content: "My order number is 4711." });
  await agent.page.getByRole("button", { name: "Send reply" }).click();
  await agent.page.getByText("The customer wrote while you were writing").waitFor();
  await agent.page.locator("#first-new", { hasText: "My order number is 4711." }).waitFor();
  expect(await agent.page.locator("#composer-text").inputValue()).toBe("Please tell me your order number.");
  await agent.page.locator("#composer-text").fill("Thank you, I have found it.");
  await agent.page.getByRole("button", { name: "Send anyway" }).click();
  await agent.page.locator(".bubble.agent", { hasText: "Thank you, I have found it." }).waitFor();
  expect(await agent.page.getByText("The customer wrote while you were writing").count()).toBe(0);
  expect(agent.faults).toEqual([]);
  await agent.leave();
});

test("of two agents who claim at once one has it, and the other is told", async () => {
  const { id } = await handedOver("Two claims");
  const [kim, lin] = await Promise.all([staff(browser, system, "agent.kim@example.com"), staff(browser, system, "agent.lin@example.com")]);
  await deafen(lin.page);
  for (const one of [kim, lin]) {
    await one.page.goto(`/console/#/tickets/${id}`);
    await one.page.reload();
    await one.page.getByRole("button", { name: "Assign to me" }).waitFor();
  }
  await kim.page.getByRole("button", { name: "Assign to me" }).click();
  await kim.page.getByRole("button", { name: "Give to the assistant" }).waitFor();
  await lin.page.getByRole("button", { name: "Assign to me" }).click();
  await lin.page.locator(".ticket-main > .notice").waitFor();
  await lin.page.getByRole("button", { name: "Take over" }).waitFor();
  const seen = await new Caller(system, "agent.kim@example.com").call<{ assignee_id: string }>("GET", `/api/v1/tickets/${id}`);
  expect(seen.assignee_id).toBe(system.accounts.find((one) => one.email === "agent.kim@example.com")!.id);
  await Promise.all([kim.leave(), lin.leave()]);
});

test("what is written without a connection survives a reload and is sent exactly once, in order", async () => {
  const customer = await Customer.arrive(browser, system);
  const { chat } = customer;
  const { context, page } = customer.visitor;
  await customer.write("How do I export my data?");
  await customer.signInByPassword(system, "wang@example.com");
  await chat.locator(".bubble.ai").last().waitFor();
  const caller = new Caller(system, "wang@example.com");
  const newest = (await caller.call<{ items: { id: string }[] }>("GET", "/api/v1/tickets?limit=1")).items[0]!.id;

  // The first message reaches the server, but its answer is lost; the second does not get there.
  const POSTS = "**/api/v1/tickets/*/messages";
  let posts = 0;
  await context.route(POSTS, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    if (++posts === 1) await route.fetch();
    await route.abort("connectionreset");
  });
  const texts = ["This one was cut off.", "And this one waited."];
  for (const text of texts) await customer.write(text);
  await until(() => (posts > 1 ? true : undefined), "a second attempt");
  await chat.locator(".unsent", { hasText: texts[1]! }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: /Open the chat/ }).click();
  await chat.locator(".foot .button").click();
  await chat.locator(".unsent", { hasText: texts[1]! }).waitFor();
  await context.unroute(POSTS);
  await chat.locator(".unsent").first().waitFor({ state: "detached" });
  await until(async () => ((await chat.locator(".unsent").count()) === 0 ? true : undefined), "the end of the queue");
  const written = (await caller.call<Entries>("GET", `/api/v1/tickets/${newest}/messages?limit=100`)).items;
  expect(written.filter((one) => texts.includes(one.content ?? "")).map((one) => one.content)).toEqual(texts);
  expect(await chat.locator(".bubble.user", { hasText: texts[0]! }).count()).toBe(1);
  await customer.visitor.leave();
});

test("a cut socket resumes where it was, without a hole or a repeat", async () => {
  const { id } = await handedOver("Resume");
  const agent = await staff(browser, system, "agent.lin@example.com");
  const sockets: { close: () => Promise<void> }[] = [];
  await agent.context.routeWebSocket(/\/ws/, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await agent.page.goto(`/console/#/tickets/${id}`);
  await agent.page.reload();
  await agent.page.locator(".bubble.user").waitFor();
  const customer = new Caller(system, "john@example.com");
  const write = (text: string) => customer.call("POST", `/api/v1/tickets/${id}/messages`, { content: text });
  for (let round = 1; round <= 3; round++) {
    await until(() => (sockets.length >= round ? true : undefined), "a socket");
    await sockets.at(-1)!.close();
    await write(`while away ${round}`);
    await agent.page.locator(".bubble.user", { hasText: `while away ${round}` }).waitFor();
    await write(`live ${round}`);
    await agent.page.locator(".bubble.user", { hasText: `live ${round}` }).waitFor();
  }
  const shown = await agent.page.locator(".bubble.user p").allInnerTexts();
  expect(shown.slice(1)).toEqual([1, 2, 3].flatMap((round) => [`while away ${round}`, `live ${round}`]));
  expect(agent.faults).toEqual([]);
  await agent.leave();
});

test("without a network the console says so, keeps what is written, and sends it once it is back", async () => {
  const { id } = await handedOver("Offline");
  const agent = await staff(browser, system, "agent.kim@example.com");
  await agent.page.goto(`/console/#/tickets/${id}`);
  await agent.page.locator(".bubble.user").waitFor();
  await agent.context.setOffline(true);
  await agent.page.getByText("No connection.").waitFor();
  await agent.page.locator("#composer-text").fill("I am on it.");
  await agent.page.getByRole("button", { name: "Send reply" }).click();
  await agent.page.getByText("Your text is still here.").waitFor();
  expect(await agent.page.locator("#composer-text").inputValue()).toBe("I am on it.");
  await agent.context.setOffline(false);
  await agent.page.getByRole("button", { name: "Send reply" }).click();
  await agent.page.locator(".bubble.agent", { hasText: "I am on it." }).waitFor();
  await agent.page.getByText("No connection.").waitFor({ state: "detached" });
  await agent.leave();
});

test("a customer's account and a wrong password open nothing", async () => {
  const agent = await staff(browser, system, "agent.kim@example.com");
  await agent.page.getByRole("button", { name: "Log out" }).click();
  await agent.page.locator("[name=email]").fill("agent.kim@example.com");
  await agent.page.locator("[name=password]").fill("not the password");
  await agent.page.locator("form .main").click();
  await agent.page.getByText("E-mail and password do not match.").waitFor();
  const john = system.accounts.find((one) => one.email === "john@example.com")!;
  await agent.page.locator("[name=email]").fill(john.email);
  await agent.page.locator("[name=password]").fill(john.password);
  await agent.page.locator("form .main").click();
  await agent.page.getByText("This account is a customer's.").waitFor();
  expect(await agent.page.locator(".rail").count()).toBe(0);
  await agent.leave();
});
