import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { newKey, Problem } from "../shared/api";
import { Icon } from "../shared/icons";
import { language } from "../shared/i18n";
import { Markdown } from "../shared/markdown";
import type { Article } from "../shared/types";
import { StateBadge } from "./knowledge";
import { Loading } from "./load";
import { t } from "./messages";
import { Busy, Failed } from "./parts";
import { Rejudging } from "./rejudging";
import { api, go, reasonOf } from "./state";

interface Words {
  title: string;
  category: string;
  body: string;
  slug: string;
  language: "zh" | "en";
}

const empty = (): Words => ({ title: "", category: "general", body: "", slug: "", language: language.value });
const wordsOf = (article: Article): Words => {
  const { title, category, body, slug } = article;
  return { title, category, body, slug, language: article.language };
};

/** One article while it is edited; `saved` is null for one that is not there yet. */
class Editing {
  readonly loading = new Loading<Article | null>();
  readonly words = signal<Words>(empty());
  readonly told = signal<{ text: string; bad: boolean } | null>(null);
  readonly busy = signal(false);
  private readonly key = newKey();

  constructor(readonly id: string) {}

  get changed(): boolean {
    const saved = this.loading.value;
    return JSON.stringify(this.words.value) !== JSON.stringify(saved ? wordsOf(saved) : empty());
  }

  async load(): Promise<void> {
    await this.loading.run(async () => (this.id === "new" ? null : await api.get<Article>(`/api/v1/articles/${this.id}`)));
    const saved = this.loading.value;
    if (saved) this.words.value = wordsOf(saved);
  }

  set(part: Partial<Words>): void {
    this.words.value = { ...this.words.value, ...part };
  }

  async save(): Promise<void> {
    const { title, category, body } = this.words.value;
    const saved = this.loading.value;
    await this.act(async () => {
      if (!saved) {
        const made = await api.post<Article>("/api/v1/articles", this.words.value, { key: this.key });
        go(`/knowledge/${made.id}`);
        return t("editor.saved", { n: made.version });
      }
      const kept = await api.send<Article>("PUT", `/api/v1/articles/${saved.id}`, { body: { title, category, body }, ifMatch: saved.version });
      this.take(kept);
      return t("editor.saved", { n: kept.version });
    });
  }

  async publish(saved: Article): Promise<void> {
    await this.act(async () => {
      const done = await api.post<Article>(`/api/v1/articles/${saved.id}/publication`, {}, { ifMatch: saved.version });
      this.take(done);
      return t("editor.published", { n: done.version });
    });
  }

  async archive(saved: Article): Promise<void> {
    if (!confirm(t("editor.sureArchive"))) return;
    await this.act(async () => {
      this.take(await api.send<Article>("DELETE", `/api/v1/articles/${saved.id}`, { ifMatch: saved.version }));
      return t("editor.archived");
    });
  }

  private take(article: Article): void {
    this.loading.set(article);
    this.words.value = wordsOf(article);
  }

  private async act(doing: () => Promise<string>): Promise<void> {
    this.busy.value = true;
    this.told.value = null;
    try {
      this.told.value = { text: await doing(), bad: false };
    } catch (error) {
      // What is written here stays; only the version it will be checked against is read again.
      if (error instanceof Problem && error.status === 412) this.loading.set(await api.get<Article>(`/api/v1/articles/${this.id}`));
      this.told.value = { text: error instanceof Problem && error.status === 412 ? t("error.stale") : reasonOf(error), bad: true };
    }
    this.busy.value = false;
  }
}

export function ArticleEditor({ id }: { id: string }) {
  const editing = useMemo(() => new Editing(id), [id]);
  useEffect(() => void editing.load(), [editing]);
  const now = editing.loading.now.value;
  if (now.state === "loading") return <Busy text={t("editor.loading")} />;
  if (now.state === "error") return <Failed reason={now.reason} again={() => void editing.load()} />;
  const saved = now.value;
  return (
    <section class="page" aria-labelledby="editor-title">
      <header class="page-head">
        <a class="button bare" href="#/knowledge">
          <Icon name="back" size={16} /> {t("editor.back")}
        </a>
        <h1 id="editor-title" class="grow cut">
          {saved ? <bdi>{saved.title}</bdi> : t("editor.new")}
        </h1>
        {saved && <StateBadge status={saved.status} />}
        {saved && <span class="small quiet">{t("editor.version", { n: saved.version })}</span>}
      </header>
      {editing.told.value && (
        <p class={`notice ${editing.told.value.bad ? "bad" : "good"}`} role={editing.told.value.bad ? "alert" : "status"}>
          {editing.told.value.text}
        </p>
      )}
      <Form editing={editing} saved={saved} />
      {saved && <Rejudging article={saved} changed={editing.changed} />}
    </section>
  );
}

function Form({ editing, saved }: { editing: Editing; saved: Article | null }) {
  const words = editing.words.value;
  return (
    <form
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        void editing.save();
      }}
    >
      <div class="editor-fields">
        <label class="field wide">
          <span>{t("editor.title")}</span>
          <input class="input" required maxLength={200} dir="auto" value={words.title} onInput={(event) => editing.set({ title: event.currentTarget.value })} />
        </label>
        <label class="field">
          <span>{t("editor.category")}</span>
          <input class="input" required pattern="[a-z0-9][a-z0-9_\-]{0,39}" value={words.category} onInput={(event) => editing.set({ category: event.currentTarget.value })} />
        </label>
        <label class="field">
          <span>{t("editor.slug")}</span>
          <input class="input" required pattern="[a-z0-9][a-z0-9\-]{0,79}" title={t("editor.slugHint")} disabled={saved !== null} value={words.slug} onInput={(event) => editing.set({ slug: event.currentTarget.value })} />
        </label>
        <label class="field">
          <span>{t("editor.language")}</span>
          <select class="input" disabled={saved !== null} value={words.language} onChange={(event) => editing.set({ language: event.currentTarget.value as "zh" | "en" })}>
            <option value="zh">{t("language.zh")}</option>
            <option value="en">{t("language.en")}</option>
          </select>
        </label>
      </div>
      <div class="editor-body">
        <label class="field">
          <span>{t("editor.body")}</span>
          <textarea class="input mono" required maxLength={40000} rows={16} dir="auto" value={words.body} onInput={(event) => editing.set({ body: event.currentTarget.value })} />
        </label>
        <section class="field" aria-labelledby="preview-title">
          <h2 id="preview-title">{t("editor.preview")}</h2>
          <div class="preview" tabIndex={0} dir="auto">
            <Markdown text={words.body} />
          </div>
        </section>
      </div>
      <Buttons editing={editing} saved={saved} />
    </form>
  );
}

function Buttons({ editing, saved }: { editing: Editing; saved: Article | null }) {
  const admin = api.user.value?.role === "admin";
  const busy = editing.busy.value;
  return (
    <div class="row wrap">
      <button class="button main" disabled={busy || !editing.changed}>
        {busy ? t("editor.saving") : t("editor.save")}
      </button>
      {saved && admin && saved.status === "draft" && (
        <button class="button" type="button" disabled={busy || editing.changed} onClick={() => void editing.publish(saved)}>
          {t("editor.publish")}
        </button>
      )}
      {saved && admin && saved.status !== "archived" && (
        <button class="button bare" type="button" disabled={busy} onClick={() => void editing.archive(saved)}>
          {t("editor.archive")}
        </button>
      )}
      {!admin && <span class="small quiet">{t("editor.onlyAdmins")}</span>}
      {editing.changed && <span class="small quiet">{t("editor.unsaved")}</span>}
    </div>
  );
}
