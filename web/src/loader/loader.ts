// The one script tag of other people's sites: a button, and the chat in a frame once somebody wants it.
//   <script src="https://help.example.com/loader.js" data-language="zh" async></script>
const script = document.currentScript as HTMLScriptElement | null;
const home = new URL(script?.src ?? location.href).origin;

const WORDS = {
  zh: { open: "打开在线咨询", close: "关闭在线咨询", frame: "在线咨询", unread: "条未读消息" },
  en: { open: "Open the chat", close: "Close the chat", frame: "Chat", unread: "unread messages" },
};
const SHEET = `
:host{all:initial}
button{position:fixed;right:20px;bottom:20px;z-index:2147483000;width:58px;height:58px;border:0;border-radius:50%;background:#2456d6;color:#fff;cursor:pointer;box-shadow:0 6px 20px rgb(16 24 40/28%);display:grid;place-items:center}
button:focus-visible{outline:3px solid #8fb0ff;outline-offset:3px}
b{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 5px;box-sizing:border-box;border-radius:99px;background:#ab1f2d;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center}
b:empty{display:none}
iframe{position:fixed;right:20px;bottom:92px;z-index:2147483000;width:400px;height:min(660px,calc(100vh - 112px));border:0;border-radius:16px;box-shadow:0 12px 48px rgb(16 24 40/30%);background:Canvas}
[hidden]{display:none}
@media(max-width:480px){iframe{inset:0;width:100%;height:100%;border-radius:0}iframe:not([hidden])~button{display:none}}`;

function start(): void {
  const asked = script?.dataset["language"] ?? document.documentElement.lang ?? navigator.language;
  const language = asked.toLowerCase().startsWith("zh") ? "zh" : "en";
  const words = WORDS[language];
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  // Not a style element: those the page's Content-Security-Policy may forbid.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.type = "button";
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width: "26", height: "26", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.9", "stroke-linejoin": "round", "aria-hidden": "true" })) icon.setAttribute(name, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M4 5h16v11H10l-5 4v-4H4z");
  icon.append(path);
  const badge = document.createElement("b");
  button.append(icon, badge);
  root.append(button);
  document.body.append(host);

  let frame: HTMLIFrameElement | null = null;
  const say = (word: string) => frame?.contentWindow?.postMessage({ scs: word }, home);
  const label = () => {
    const open = frame !== null && !frame.hidden;
    button.setAttribute("aria-expanded", String(open));
    const count = badge.textContent ? ` (${badge.textContent} ${words.unread})` : "";
    button.setAttribute("aria-label", (open ? words.close : words.open) + count);
  };
  const show = (open: boolean) => {
    if (frame === null) {
      frame = document.createElement("iframe");
      frame.src = `${home}/widget/?language=${language}`;
      frame.title = words.frame;
      root.insertBefore(frame, button);
    }
    frame.hidden = !open;
    say(open ? "shown" : "hidden");
    label();
    if (open) frame.focus();
    else button.focus();
  };
  button.addEventListener("click", () => show(!frame || frame.hidden === true));
  addEventListener("message", (event: MessageEvent<{ scs?: string; value?: number } | null>) => {
    if (event.origin !== home || event.source !== frame?.contentWindow || !event.data) return;
    if (event.data.scs === "close") show(false);
    if (event.data.scs === "unread") {
      badge.textContent = event.data.value ? String(event.data.value) : "";
      label();
    }
  });
  label();
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
