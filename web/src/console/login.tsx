import { useState } from "preact/hooks";
import { Problem } from "../shared/api";
import { t } from "./messages";
import { api, go, reasonOf } from "./state";
import { Switches } from "./shell";

export function Login() {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setWrong("");
    try {
      await api.signIn("/api/v1/auth/login", { email: String(data.get("email")).trim(), password: data.get("password") });
      if (!location.hash) go("/inbox");
    } catch (error) {
      const mismatch = error instanceof Problem && [401, 422].includes(error.status);
      setWrong(mismatch ? t("login.wrong") : reasonOf(error));
    }
    setBusy(false);
  };
  return (
    <main class="login">
      <form class="card" onSubmit={submit}>
        <h1>{t("login.title")}</h1>
        <p class="quiet">{t("login.lead")}</p>
        {wrong && (
          <p class="notice bad" role="alert">
            {wrong}
          </p>
        )}
        <label class="field">
          <span>{t("login.email")}</span>
          <input class="input" name="email" type="email" autocomplete="username" required autoFocus />
        </label>
        <label class="field">
          <span>{t("login.password")}</span>
          <input class="input" name="password" type="password" autocomplete="current-password" required />
        </label>
        <button class="button main" disabled={busy}>
          {busy ? t("login.busy") : t("login.submit")}
        </button>
      </form>
      <div class="login-foot">
        <Switches />
      </div>
    </main>
  );
}

/** A customer's account opens nothing here. */
export function NotStaff() {
  return (
    <main class="login">
      <div class="card">
        <h1>{t("login.title")}</h1>
        <p>{t("login.customer")}</p>
        <a class="button main" href="/help">
          {t("login.toHelp")}
        </a>
        <button class="button" type="button" onClick={() => void api.signOut()}>
          {t("nav.signOut")}
        </button>
      </div>
    </main>
  );
}
