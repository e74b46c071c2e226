import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { en as consoleEn, zh as consoleZh } from "../../src/console/messages";
import { en as widgetEn, zh as widgetZh } from "../../src/widget/messages";
import { launch, Visitor } from "./browser";
import { Customer } from "./people";
import { account } from "./system";

const system = inject("system");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());

/** Every rule of axe, those about habits too; evaluated by the debugger, which no policy of the page stops. */
async function violations(page: Page | Frame): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe;
    const found = await axe.run();
    return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
}

/** Words of the other language's catalogue on buttons, headings, labels and the like. */
async function untranslated(page: Page | Frame, other: Record<string, string>, own: Record<string, string>): Promise<string[]> {
  const texts = await page.locator("button, h1, h2, h3, label, th, dt, option, .badge, [aria-label]").evaluateAll((all) => all.flatMap((one) => [one.textContent?.trim() ?? "", one.getAttribute("aria-label") ?? ""]));
  const foreign = new Set(Object.entries(other).filter(([key, text]) => own[key] !== text && !key.endsWith(".language")).map(([, text]) => text));
  return texts.filter((text) => foreign.has(text));
}

const LOOKS = (["zh", "en"] as const).flatMap((language) => (["light", "dark"] as const).map((theme) => ({ language, theme })));

test.each(LOOKS)("every page of the console is accessible and translated ($language, $theme)", async ({ language, theme }) => {
  const [own, other] = language === "zh" ? [consoleZh, consoleEn] : [consoleEn, consoleZh];
  const visitor = await Visitor.arrive(browser, system.url, { language, theme });
  const { page } = visitor;
  const check = async (where: string) => {
    expect(await violations(page), where).toEqual([]);
    expect(await untranslated(page, other, own), where).toEqual([]);
  };
  await page.goto("/console/");
  await page.locator("form .main").waitFor();
  await check("log-in");
  const admin = account(system, "admin@example.com");
  await page.locator("[name=email]").fill(admin.email);
  await page.locator("[name=password]").fill(admin.password);
  await page.locator("form .main").click();
  await page.locator(".ticket-row").first().waitFor();
  await check("inbox");
  await page.locator(".tabs button").last().click();
  await page.locator(".ticket-row", { hasText: "申请退款" }).click();
  await page.locator(".bubble.note").waitFor();
  await page.locator(".chips button").first().click();
  await page.locator(".suggestion").first().waitFor();
  await check("ticket with notes, events and a suggestion");
  await page.locator(".ticket-row", { hasText: "技术支持请求" }).click();
  await page.locator(".bubble.ai .link").click();
  await page.locator(".checks").waitFor();
  await check("receipt");
  await page.keyboard.press("Escape");
  await page.goto("/console/#/knowledge");
  await page.locator("table").waitFor();
  await check("knowledge");
  await page.locator("td a").first().click();
  await page.locator(".preview p").first().waitFor();
  await check("editor");
  await page.goto("/console/#/tickets/tkt_00000000000000000000000000");
  await page.locator(".ticket .state strong").waitFor();
  await check("no such ticket");
  expect(visitor.faults).toEqual([]);
  await visitor.leave();
});

test.each(LOOKS)("every page of the widget and the help centre is accessible and translated ($language, $theme)", async ({ language, theme }) => {
  const [own, other] = language === "zh" ? [widgetZh, widgetEn] : [widgetEn, widgetZh];
  const customer = await Customer.arrive(browser, system, { language, theme, width: 420, height: 860 });
  const { page } = customer.visitor;
  const frame = page.frames().find((one) => one.url().includes("/widget/"))!;
  const check = async (where: string) => {
    expect(await violations(frame), where).toEqual([]);
    expect(await untranslated(frame, other, own), where).toEqual([]);
  };
  await frame.locator(".hits li").first().waitFor();
  await check("home");
  await frame.locator(".hits li button").first().click();
  await frame.locator("article h1").waitFor();
  await check("article");
  await frame.locator(".head button").first().click();
  await customer.write(language === "zh" ? "怎么修改邮箱？" : "How do I change my e-mail address?");
  await frame.locator(".sign").waitFor();
  await check("who are you");
  await customer.signInByPassword(system, language === "zh" ? "wang@example.com" : "john@example.com");
  await frame.locator(".bubble.ai .sources").last().waitFor();
  await check("conversation");
  await page.goto(`/help?language=${language}`);
  expect(await violations(page), "help").toEqual([]);
  await page.goto(`/help/refund-policy?language=${language}`);
  expect(await violations(page), "article of the help centre").toEqual([]);
  await page.goto(`/help/search?language=${language}&q=${encodeURIComponent("refund 退款")}`);
  expect(await violations(page), "search").toEqual([]);
  await page.goto(`/help/nothing-here?language=${language}`);
  expect(await violations(page), "no such article").toEqual([]);
  expect(customer.visitor.faults).toEqual([]);
  await customer.visitor.leave();
});

test("the help centre is read, searched and switched without JavaScript", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: system.url, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto("/help");
  await page.locator("input[type=search]").fill("怎么申请退款");
  await page.locator("button").click();
  await page.locator(".hits a").first().click();
  expect(await page.locator("h1").innerText()).toBe("退款政策");
  await page.getByRole("link", { name: "English" }).click();
  expect(await page.locator("h1").innerText()).toBe("Refund policy");
  await context.close();
});

test("an agent who has no mouse logs in, finds the ticket, reads and replies", async () => {
  const visitor = await Visitor.arrive(browser, system.url);
  const { page } = visitor;
  const lin = account(system, "agent.lin@example.com");
  await page.goto("/console/");
  await page.locator("[name=email]").waitFor();
  await page.keyboard.type(lin.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(lin.password);
  await page.keyboard.press("Enter");
  await page.locator(".ticket-row").first().waitFor();
  await page.keyboard.press("j");
  await page.locator(".bubble").first().waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.id);
  for (let presses = 0; presses < 60 && (await focused()) !== "composer-text"; presses++) await page.keyboard.press("Tab");
  expect(await focused()).toBe("composer-text");
  await page.keyboard.type("Written without a mouse.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".bubble.agent", { hasText: "Written without a mouse." }).waitFor();
  await visitor.leave();
});

test("a page elsewhere with a policy of its own embeds the chat by one script tag", async () => {
  const policy = `default-src 'none'; script-src ${system.url}; frame-src ${system.url}`;
  const shop = createServer((_, answer) => {
    answer.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": policy });
    answer.end(`<!doctype html><html lang="zh"><title>Shop</title><link rel="icon" href="data:,"><body><script src="${system.url}/loader.js"></script></body></html>`);
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const visitor = await Visitor.arrive(browser, system.url, { language: "zh" });
  await visitor.page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`);
  await visitor.page.getByRole("button", { name: "打开在线咨询" }).click();
  const chat = visitor.page.frameLocator("iframe");
  await chat.getByRole("heading", { name: "有什么可以帮您？" }).waitFor();
  await chat.getByRole("button", { name: "关闭对话" }).click();
  await visitor.page.getByRole("button", { name: "打开在线咨询" }).waitFor();
  // The shop itself is elsewhere, and the policy has nothing against the icon that this test gives it.
  expect(visitor.faults.filter((fault) => !fault.startsWith("asked 127.0.0.1") && !fault.includes("data:,"))).toEqual([]);
  await visitor.leave();
  shop.close();
});

test("the console and the help centre cannot be framed by others", async () => {
  for (const path of ["/console/", "/help"]) {
    const answer = await fetch(system.url + path);
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("content-security-policy")).not.toContain("unsafe-inline");
  }
});
