import { effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../shared/icons";
import { ago } from "../shared/time";
import type { ArticleStatus, ArticleSummary, Page } from "../shared/types";
import { Loading } from "./load";
import { t, word } from "./messages";
import { Busy, Empty, Failed } from "./parts";
import { api } from "./state";

const STATES: ArticleStatus[] = ["draft", "published", "archived"];
const TONES: Record<ArticleStatus, string> = { draft: "warn", published: "good", archived: "" };
const state = signal<ArticleStatus | "">("");
const tongue = signal<"zh" | "en" | "">("");
const list = new Loading<Page<ArticleSummary>>();

function fetchPage(cursor: string | null): Promise<Page<ArticleSummary>> {
  const asked = new URLSearchParams({ limit: "25" });
  if (state.value) asked.set("status", state.value);
  if (tongue.value) asked.set("language", tongue.value);
  if (cursor) asked.set("cursor", cursor);
  return api.get(`/api/v1/articles?${asked}`);
}

const reload = (): Promise<void> => list.run(() => fetchPage(null));

async function more(): Promise<void> {
  const shown = list.value;
  if (!shown?.next_cursor) return;
  await list.run(async () => {
    const next = await fetchPage(shown.next_cursor);
    return { items: [...shown.items, ...next.items], next_cursor: next.next_cursor };
  }, true);
}

export function StateBadge({ status }: { status: ArticleStatus }) {
  return <span class={`badge ${TONES[status]}`}>{word("article", status)}</span>;
}

export function Knowledge() {
  useEffect(() => effect(() => void (state.value, tongue.value, reload())), []);
  return (
    <section class="page" aria-labelledby="kb-title">
      <header class="page-head">
        <h1 id="kb-title" class="grow">
          {t("kb.title")}
        </h1>
        <select class="input slim" aria-label={t("kb.state")} value={state.value} onChange={(event) => (state.value = event.currentTarget.value as ArticleStatus | "")}>
          <option value="">{t("kb.anyStatus")}</option>
          {STATES.map((one) => (
            <option value={one}>{word("article", one)}</option>
          ))}
        </select>
        <select class="input slim" aria-label={t("kb.language")} value={tongue.value} onChange={(event) => (tongue.value = event.currentTarget.value as "zh" | "en" | "")}>
          <option value="">{t("kb.anyLanguage")}</option>
          <option value="zh">{t("language.zh")}</option>
          <option value="en">{t("language.en")}</option>
        </select>
        <a class="button main" href="#/knowledge/new">
          <Icon name="plus" size={16} /> {t("kb.new")}
        </a>
      </header>
      <Rows />
    </section>
  );
}

function Rows() {
  const now = list.now.value;
  if (now.state === "loading") return <Busy text={t("kb.loading")} />;
  if (now.state === "error") return <Failed reason={now.reason} again={() => void reload()} />;
  if (now.value.items.length === 0) return <Empty title={t("kb.empty")} lead={t("kb.emptyLead")} />;
  return (
    <>
      <div class="table-box">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("kb.heading")}</th>
              <th scope="col">{t("kb.state")}</th>
              <th scope="col">{t("kb.language")}</th>
              <th scope="col">{t("kb.category")}</th>
              <th scope="col">{t("kb.changed")}</th>
            </tr>
          </thead>
          <tbody>
            {now.value.items.map((one) => (
              <tr key={one.id}>
                <td class="article-title">
                  <a href={`#/knowledge/${one.id}`}>
                    <bdi>{one.title}</bdi>
                  </a>
                  <span class="small quiet">{one.slug}</span>
                </td>
                <td>
                  <StateBadge status={one.status} />
                  {one.status === "draft" && one.published_version !== null && <span class="small quiet"> {t("kb.live", { n: one.published_version })}</span>}
                </td>
                <td>{word("language", one.language)}</td>
                <td>{word("category", one.category)}</td>
                <td>
                  <time dateTime={one.updated_at}>{ago(one.updated_at)}</time>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {now.value.next_cursor && (
        <div class="state slim">
          <button class="button" type="button" onClick={() => void more()}>
            {t("inbox.more")}
          </button>
        </div>
      )}
    </>
  );
}
