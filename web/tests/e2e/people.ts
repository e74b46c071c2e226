import type { Browser, FrameLocator, Page } from "playwright-core";
import { Visitor, type Look } from "./browser";
import { account, codeFor, letters, type System } from "./system";

/** A customer on the help centre with the chat open. */
export class Customer {
  private constructor(
    readonly visitor: Visitor,
    readonly chat: FrameLocator,
  ) {}

  static async arrive(browser: Browser, system: System, look: Look = {}): Promise<Customer> {
    const visitor = await Visitor.arrive(browser, system.url, look);
    await visitor.page.goto("/help");
    await visitor.page.getByRole("button", { name: look.language === "zh" ? "打开在线咨询" : "Open the chat" }).click();
    const chat = visitor.page.frameLocator("iframe");
    await chat.getByRole("heading", { level: 1 }).waitFor();
    return new Customer(visitor, chat);
  }

  async write(text: string): Promise<void> {
    const toChat = this.chat.locator(".foot .button");
    if (await toChat.isVisible()) await toChat.click();
    await this.chat.locator("textarea").fill(text);
    await this.chat.locator("textarea").press("Enter");
  }

  async signInByPassword(system: System, email: string): Promise<void> {
    await this.chat.getByRole("button", { name: /Use a password|使用密码/ }).click();
    await this.chat.locator("[name=email]").fill(email);
    await this.chat.locator("[name=password]").fill(account(system, email).password);
    await this.chat.locator(".sign .main").click();
    await this.chat.locator(".log").waitFor();
  }

  async signInByCode(system: System, email: string): Promise<void> {
    const before = letters(system);
    await this.chat.locator("[name=email]").fill(email);
    await this.chat.locator(".sign .main").click();
    await this.chat.locator("[name=code]").fill(await codeFor(system, email, before));
    await this.chat.locator(".sign .main").click();
    await this.chat.locator(".log").waitFor();
  }

  async register(system: System, email: string, name: string): Promise<void> {
    await this.chat.getByRole("button", { name: /I am new here|我是新用户/ }).click();
    await this.chat.locator("[name=name]").fill(name);
    await this.signInByCode(system, email);
  }
}

/** Somebody of the staff, logged in. */
export async function staff(browser: Browser, system: System, email: string, look: Look = {}): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, system.url, look);
  await visitor.page.goto("/console/");
  await logIn(visitor.page, system, email);
  return visitor;
}

export async function logIn(page: Page, system: System, email: string): Promise<void> {
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(account(system, email).password);
  await page.locator("form .main").click();
  await page.locator(".list-body").waitFor();
}
