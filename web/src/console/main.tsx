import { render } from "preact";
import { announceLanguage } from "../shared/i18n";
import { applyTheme } from "../shared/theme";
import "../shared/tokens.css";
import "./console.css";
import { ArticleEditor } from "./editor";
import { Inbox } from "./inbox";
import { Knowledge } from "./knowledge";
import { Login, NotStaff } from "./login";
import { t } from "./messages";
import { Shell } from "./shell";
import { api, listen, route } from "./state";

function App() {
  const user = api.user.value;
  if (user === null) return <Login />;
  if (user.role === "customer") return <NotStaff />;
  return (
    <Shell>
      <Screen path={route.value} />
    </Shell>
  );
}

function Screen({ path }: { path: string }) {
  const [, area, id] = path.split("/");
  if (area === "knowledge") return id ? <ArticleEditor key={id} id={id} /> : <Knowledge />;
  return <Inbox open={area === "tickets" && id ? id : null} />;
}

applyTheme();
announceLanguage(() => t("app.title"));
listen();
render(<App />, document.getElementById("app")!);
