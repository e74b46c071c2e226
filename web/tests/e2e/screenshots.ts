import { mkdirSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { launch, type Look } from "./browser";
import { Customer, staff } from "./people";

const system = inject("system");
const FOLDER = new URL("../../../docs/screenshots/", import.meta.url).pathname;
const DESKTOP = { width: 1280, height: 760 };
const PHONE = { width: 390, height: 780 };

/** Both languages, both themes, desk and pocket. */
test("the pages are drawn", async () => {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launch();
  const drawn: string[] = [];
  const draw = async (page: { screenshot: (to: { path: string }) => Promise<unknown> }, name: string) => {
    await page.screenshot({ path: `${FOLDER}${name}.png` });
    drawn.push(name);
  };

  const ticket = async (look: Look, name: string, subject: string) => {
    const agent = await staff(browser, system, "agent.lin@example.com", look);
    await agent.page.locator(".ticket-row", { hasText: subject }).click();
    await agent.page.locator(".bubble").last().waitFor();
    if (await agent.page.locator(".chips button").first().isVisible()) {
      await agent.page.locator(".chips button").nth(1).click();
      await agent.page.locator(".suggestion").waitFor();
    }
    await draw(agent.page, name);
    await agent.leave();
  };
  await ticket({ ...DESKTOP, language: "zh", theme: "light" }, "console-ticket-zh-light", "技术支持请求");
  await ticket({ ...DESKTOP, language: "en", theme: "dark" }, "console-ticket-en-dark", "Where is my parcel?");
  await ticket({ ...PHONE, language: "zh", theme: "dark" }, "console-ticket-phone-zh-dark", "申请退款");

  const admin = await staff(browser, system, "admin@example.com", { ...DESKTOP, language: "en", theme: "light" });
  await admin.page.goto("/console/#/knowledge");
  await admin.page.locator("td a").first().click();
  await admin.page.locator(".preview p").first().waitFor();
  await draw(admin.page, "console-article-en-light");
  await admin.leave();

  const chat = async (look: Look, name: string, question: string, email: string) => {
    const customer = await Customer.arrive(browser, system, look);
    await customer.write(question);
    await customer.signInByPassword(system, email);
    await customer.chat.locator(".bubble.user", { hasText: question }).waitFor();
    await customer.chat.locator(".bubble.ai .sources").last().waitFor();
    await draw(customer.visitor.page, name);
    await customer.visitor.leave();
  };
  await chat({ ...DESKTOP, language: "en", theme: "light" }, "help-and-chat-en-light", "What is your refund policy for devices?", "john@example.com");
  await chat({ ...PHONE, language: "zh", theme: "light" }, "chat-phone-zh-light", "设备多少天内可以退款？", "wang@example.com");
  await chat({ ...PHONE, language: "en", theme: "dark" }, "chat-phone-en-dark", "How do I change my e-mail address?", "john@example.com");

  expect(drawn).toHaveLength(7);
  await browser.close();
});
