import { render } from "preact";
import { announceLanguage, language, speak } from "../shared/i18n";
import { Icon } from "../shared/icons";
import { applyTheme } from "../shared/theme";
import "../shared/tokens.css";
import "./widget.css";
import { ArticleScreen } from "./article";
import { Chat } from "./chat";
import { Home } from "./home";
import { t } from "./messages";
import { Sign } from "./sign";
import { api, close, listen, screen } from "./state";

function Head() {
  const now = screen.value;
  const other = language.value === "zh" ? "en" : "zh";
  const back = () => (screen.value = { name: now.name === "article" ? now.from : now.name === "sign" ? "chat" : "home" });
  return (
    <header class="head">
      {now.name === "home" ? (
        <span class="mark" />
      ) : (
        <button class="button bare icon" type="button" aria-label={t("head.back")} onClick={back}>
          <Icon name="back" />
        </button>
      )}
      <strong class="grow">{t("app.title")}</strong>
      {api.user.value && (
        <button class="button bare icon" type="button" aria-label={t("head.signOut")} title={t("head.signOut")} onClick={() => void api.signOut()}>
          <Icon name="out" />
        </button>
      )}
      <button class="button bare slim" type="button" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => speak(other)}>
        {t("head.language")}
      </button>
      {parent !== window && (
        <button class="button bare icon" type="button" aria-label={t("head.close")} onClick={close}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function App() {
  const now = screen.value;
  return (
    <div class="widget">
      <Head />
      {now.name === "home" && <Home />}
      {now.name === "chat" && <Chat />}
      {now.name === "sign" && <Sign />}
      {now.name === "article" && <ArticleScreen asked={now} />}
    </div>
  );
}

const asked = new URLSearchParams(location.search).get("language");
if (asked === "zh" || asked === "en") language.value = asked;
applyTheme();
announceLanguage(() => t("app.title"));
listen();
render(<App />, document.getElementById("app")!);
