import { useState } from "preact/hooks";
import { newKey, Problem } from "../shared/api";
import { language } from "../shared/i18n";
import { t } from "./messages";
import { api, reasonOf, screen, waiting } from "./state";

type Way = "code" | "password" | "new";

export function Sign() {
  const [way, setWay] = useState<Way>("code");
  const [sentTo, setSentTo] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const attempt = async (doing: () => Promise<void>, mismatch: string) => {
    setBusy(true);
    setWrong("");
    try {
      await doing();
    } catch (error) {
      setWrong(error instanceof Problem && [400, 401, 422].includes(error.status) ? mismatch : reasonOf(error));
    }
    setBusy(false);
  };
  const done = (): void => void (screen.value = { name: "chat" });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    if (sentTo) {
      void attempt(() => api.signIn("/api/v1/auth/code/verify", { email: sentTo, code: text("code") }).then(done), t("sign.wrongCode"));
    } else if (way === "password") {
      void attempt(() => api.signIn("/api/v1/auth/login", { email: text("email"), password: data.get("password") }).then(done), t("sign.wrong"));
    } else {
      void attempt(() => askCode(text("email"), way === "new" ? text("name") : null).then(() => setSentTo(text("email"))), t("error.unknown"));
    }
  };
  return (
    <main class="body">
      <form class="sign" onSubmit={submit}>
        <h1>{t("sign.title")}</h1>
        <p class="quiet">{t(waiting.value.length > 0 ? "sign.waits" : "sign.lead")}</p>
        {wrong && (
          <p class="notice bad" role="alert">
            {wrong}
          </p>
        )}
        {sentTo ? <CodeField email={sentTo} /> : <Fields way={way} />}
        <button class="button main wide" disabled={busy}>
          {busy ? t("sign.busy") : t(sentTo || way === "password" ? "sign.enter" : way === "new" ? "sign.register" : "sign.sendCode")}
        </button>
        <div class="ways">
          {sentTo && <Other label={t("sign.again")} act={() => setSentTo("")} />}
          {!sentTo && way !== "password" && <Other label={t("sign.byPassword")} act={() => setWay("password")} />}
          {!sentTo && way === "password" && <Other label={t("sign.byCode")} act={() => setWay("code")} />}
          {!sentTo && way !== "new" && <Other label={t("sign.new")} act={() => setWay("new")} />}
          {!sentTo && way === "new" && <Other label={t("sign.known")} act={() => setWay("code")} />}
        </div>
      </form>
    </main>
  );
}

function Other({ label, act }: { label: string; act: () => void }) {
  return (
    <button class="button bare slim" type="button" onClick={act}>
      {label}
    </button>
  );
}

/** Registers who is new; an address that is known already gets its code all the same. */
async function askCode(email: string, name: string | null): Promise<void> {
  if (name !== null) {
    try {
      await api.post("/api/v1/users", { email, name, language: language.value }, { open: true, key: newKey() });
    } catch (error) {
      if (!(error instanceof Problem && error.code === "email_taken")) throw error;
    }
  }
  await api.post("/api/v1/auth/code", { email }, { open: true });
}

function Fields({ way }: { way: Way }) {
  return (
    <>
      {way === "new" && (
        <label class="field">
          <span>{t("sign.name")}</span>
          <input class="input" name="name" autocomplete="name" required maxLength={100} />
        </label>
      )}
      <label class="field">
        <span>{t("sign.email")}</span>
        <input class="input" name="email" type="email" autocomplete="email" required />
      </label>
      {way === "password" && (
        <label class="field">
          <span>{t("sign.password")}</span>
          <input class="input" name="password" type="password" autocomplete="current-password" required />
        </label>
      )}
    </>
  );
}

function CodeField({ email }: { email: string }) {
  return (
    <>
      <p role="status">{t("sign.sent", { email })}</p>
      <label class="field">
        <span>{t("sign.code")}</span>
        <input class="input code" name="code" inputMode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxLength={6} required autoFocus />
      </label>
    </>
  );
}
