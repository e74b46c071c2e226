import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Debian's chromium, with nothing of its own going out. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", headless: true, args: ARGS });

export interface Look {
  language?: "zh" | "en";
  theme?: "light" | "dark";
  width?: number;
  height?: number;
}

/** Somebody's browser; what went wrong in it, or went elsewhere, is told by `faults`. */
export class Visitor {
  readonly faults: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly base: string,
  ) {
    page.on("console", (message) => {
      // A refused request is part of what some tests provoke; what the page itself finds wrong is not.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) this.faults.push(message.text());
    });
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && url.host !== new URL(base).host) this.faults.push(`asked ${url.host}`);
    });
  }

  static async arrive(browser: Browser, base: string, look: Look = {}): Promise<Visitor> {
    const { language = "en", theme = "light", width = 1440, height = 900 } = look;
    const locale = language === "zh" ? "zh-CN" : "en-US";
    const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme: theme, baseURL: base, reducedMotion: "reduce" });
    context.setDefaultTimeout(15_000);
    return new Visitor(context, await context.newPage(), base);
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
