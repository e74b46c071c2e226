import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Problem } from "../shared/api";
import { language } from "../shared/i18n";
import { Markdown } from "../shared/markdown";
import type { HelpArticle } from "../shared/types";
import { t } from "./messages";
import { api, reasonOf, type Screen } from "./state";

type Asked = Extract<Screen, { name: "article" }>;

/** By its address, or the version that a citation names, as it was then. */
function fetching(asked: Asked): Promise<HelpArticle> {
  if (asked.slug !== undefined) return api.get(`/api/v1/help/articles/${asked.slug}?language=${language.value}`, { open: true });
  return api.get(`/api/v1/articles/${asked.id}/versions/${asked.version}`);
}

export function ArticleScreen({ asked }: { asked: Asked }) {
  const there = useMemo(() => signal<HelpArticle | null>(null), [asked]);
  const failed = useMemo(() => signal(""), [asked]);
  useEffect(() => {
    fetching(asked).then(
      (article) => (there.value = article),
      (error: unknown) => (failed.value = error instanceof Problem && error.status === 404 ? t("article.missing") : reasonOf(error)),
    );
  }, [asked]);
  const article = there.value;
  return (
    <main class="body article" tabIndex={0}>
      {failed.value && <p class="notice bad">{failed.value}</p>}
      {!article && !failed.value && <p class="quiet">{t("article.busy")}</p>}
      {article && (
        <article lang={article.language === "zh" ? "zh-CN" : "en"}>
          <h1>{article.title}</h1>
          <Markdown text={article.body} top={2} />
          <p class="small">
            <a href={`/help/${article.slug}?language=${article.language}`} target="_blank" rel="noopener" lang={language.value === "zh" ? "zh-CN" : "en"}>
              {t("article.open")}
            </a>
          </p>
        </article>
      )}
    </main>
  );
}
