import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launch } from "./browser";
import { Customer, staff } from "./people";
import { Caller, until } from "./system";

const system = inject("system");
let browser: Browser;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());

const WORDS = {
  zh: {
    agent: "agent.lin@example.com",
    question: "设备买了多少天之内可以退款？",
    article: "退款政策",
    helped: "有帮助",
    person: "转人工",
    claim: "分配给我",
    reply: "您好，我是林晓，已经为您查到退款进度。",
    send: "发送回复",
    status: "更改状态",
    resolved: "已解决",
    told: /已标记为解决/,
    joined: "客服已加入。",
    soon: "接下来由人工客服为您服务。",
  },
  en: {
    agent: "agent.kim@example.com",
    question: "Within how many days can I get a refund for a device?",
    article: "Refund policy",
    helped: "It helped",
    person: "Talk to a person",
    claim: "Assign to me",
    reply: "Hello, this is Kim. I have looked up your refund.",
    send: "Send reply",
    status: "Change status",
    resolved: "Resolved",
    told: /marked as resolved/,
    joined: "Support has joined.",
    soon: "A person takes over from here.",
  },
} as const;

test.each(["zh", "en"] as const)("a customer asks, gets a cited answer, asks for a person, who claims, replies and resolves (%s)", async (language) => {
  const words = WORDS[language];
  const agent = await staff(browser, system, words.agent, { language });
  const customer = await Customer.arrive(browser, system, { language });
  const { chat } = customer;

  await customer.write(words.question);
  await customer.register(system, `journey.${language}@example.com`, language === "zh" ? "赵敏" : "Ada Jones");
  const source = chat.locator(".bubble.ai .sources button", { hasText: words.article });
  await source.waitFor();
  await source.click();
  await chat.getByRole("heading", { level: 1, name: words.article }).waitFor();
  await chat.locator(".head button").first().click();
  await chat.getByRole("button", { name: words.helped, exact: true }).click();
  await chat.locator(`[aria-label="${words.helped}"][aria-pressed=true]`).waitFor();

  // The ticket comes into the agent's list by itself.
  const row = agent.page.locator(".ticket-row", { hasText: words.question.slice(0, 12) });
  await row.waitFor();
  await chat.getByRole("button", { name: words.person }).click();
  await chat.getByText(words.soon).waitFor();

  await row.click();
  await agent.page.locator(".bubble.ai").waitFor();
  await agent.page.getByRole("button", { name: words.claim }).click();
  await chat.getByText(words.joined).waitFor();
  await agent.page.locator("#composer-text").fill(words.reply);
  await agent.page.getByRole("button", { name: words.send }).click();
  await agent.page.locator(".bubble.agent", { hasText: words.reply }).waitFor();
  await chat.locator(".bubble.agent", { hasText: words.reply }).waitFor();
  await agent.page.getByLabel(words.status).selectOption({ label: words.resolved });
  await agent.page.locator(".ticket-head .badge", { hasText: words.resolved }).waitFor();
  await chat.getByText(words.told).waitFor();

  // The receipt of the answer knows what the customer thought of it.
  await agent.page.locator(".receipt-row").first().click();
  await agent.page.locator(".checks .ok").first().waitFor();
  expect(await agent.page.locator(".dialog dd").last().innerText()).toBe(language === "zh" ? "有帮助" : "It helped");
  await agent.page.keyboard.press("Escape");
  expect([...customer.visitor.faults, ...agent.faults]).toEqual([]);
  await Promise.all([customer.visitor.leave(), agent.leave()]);
});

test("an article that is published after a look at what it changes", async () => {
  const asked = new Caller(system, "john@example.com");
  const ticket = await asked.call<{ id: string }>("POST", "/api/v1/tickets", { subject: "Two-factor", description: "How do I turn on two-factor authentication?" });
  await until(async () => (await asked.call<{ items: { type: string }[] }>("GET", `/api/v1/tickets/${ticket.id}/messages`)).items.find((one) => one.type === "ai"), "an answer");
  const admin = await staff(browser, system, "admin@example.com");
  await admin.page.goto("/console/#/knowledge");
  await admin.page.getByLabel("Language").selectOption("en");
  await admin.page.locator("tr", { hasText: "two-factor" }).getByRole("link").click();
  const body = admin.page.getByLabel("Text (Markdown)");
  await body.waitFor();
  expect(await admin.page.getByRole("button", { name: "Save draft" }).isDisabled()).toBe(true);
  await body.fill("Ask your administrator.\n");
  await admin.page.locator(".preview p", { hasText: "Ask your administrator." }).waitFor();
  await admin.page.getByRole("button", { name: "Save draft" }).click();
  await admin.page.getByText("Saved as version 2.").waitFor();
  await admin.page.getByRole("button", { name: "Look before publishing" }).click();
  await admin.page.locator(".judged li .badge", { hasText: /Changed|Lost/ }).first().waitFor({ timeout: 60_000 });
  await admin.page.getByRole("button", { name: "Publish", exact: true }).click();
  await admin.page.getByText("Published as version 3.").waitFor();
  const reader = await fetch(`${system.url}/help/two-factor?language=en`);
  expect(await reader.text()).toContain("Ask your administrator.");
  expect(admin.faults).toEqual([]);
  await admin.leave();
});

test("an agent cannot publish, and is told so", async () => {
  const agent = await staff(browser, system, "agent.kim@example.com");
  await agent.page.goto("/console/#/knowledge");
  await agent.page.locator("td a").first().click();
  await agent.page.getByText("Administrators publish.").waitFor();
  expect(await agent.page.getByRole("button", { name: "Publish", exact: true }).count()).toBe(0);
  await agent.leave();
});
