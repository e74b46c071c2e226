import type { ComponentChildren } from "preact";
import { language, speak } from "../shared/i18n";
import { Icon } from "../shared/icons";
import { theme, wear, type Theme } from "../shared/theme";
import { t } from "./messages";
import { api, live, reachable, route, said } from "./state";

const NEXT: Record<Theme, Theme> = { auto: "dark", dark: "light", light: "auto" };

export function Switches() {
  const other = language.value === "zh" ? "en" : "zh";
  return (
    <>
      <button class="rail-item" type="button" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => speak(other)}>
        <Icon name="globe" />
        <span>{t("nav.language")}</span>
      </button>
      <button class="rail-item" type="button" onClick={() => wear(NEXT[theme.value])}>
        <Icon name="moon" />
        <span>{t("nav.theme", { theme: t(`theme.${theme.value}`) })}</span>
      </button>
    </>
  );
}

function Item({ to, icon, label }: { to: string; icon: "inbox" | "book"; label: string }) {
  const here = route.value.startsWith(to) || (to === "/inbox" && route.value.startsWith("/tickets"));
  return (
    <a class="rail-item" href={`#${to}`} aria-current={here ? "page" : undefined}>
      <Icon name={icon} />
      <span>{label}</span>
    </a>
  );
}

export function Shell({ children }: { children: ComponentChildren }) {
  const off = !reachable.value || live.state.value === "off";
  const skip = (event: Event) => {
    event.preventDefault();
    document.getElementById("content")?.focus();
  };
  return (
    <div class="shell">
      <a class="skip" href="#content" onClick={skip}>
        {t("app.skip")}
      </a>
      <nav class="rail" aria-label={t("nav.label")}>
        <div class="brand" aria-hidden="true">
          <span class="mark" />
          <span>{t("app.title")}</span>
        </div>
        <Item to="/inbox" icon="inbox" label={t("nav.inbox")} />
        <Item to="/knowledge" icon="book" label={t("nav.knowledge")} />
        <a class="rail-item" href="/help" target="_blank" rel="noopener">
          <Icon name="help" />
          <span>{t("nav.help")}</span>
        </a>
        <div class="rail-end">
          <Switches />
          <button class="rail-item" type="button" onClick={() => void api.signOut()}>
            <Icon name="out" />
            <span>{t("nav.signOut")}</span>
          </button>
          <div class="me">
            <span class="face" aria-hidden="true">
              {api.user.value?.name.slice(0, 1)}
            </span>
            <span class="me-name">{api.user.value?.name}</span>
          </div>
        </div>
      </nav>
      <main id="content" class="content" tabIndex={-1}>
        {off && (
          <div class="notice offline" role="status">
            <span class="grow">{t("net.off")}</span>
          </div>
        )}
        {children}
      </main>
      <div class="only-read" role="status" aria-live="polite">
        {said.value}
      </div>
    </div>
  );
}
