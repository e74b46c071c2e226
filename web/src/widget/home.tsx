import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../shared/icons";
import { language } from "../shared/i18n";
import type { HelpArticle, HelpHit, Page } from "../shared/types";
import { t } from "./messages";
import { api, entries, reasonOf, screen, waiting } from "./state";

type Listed = Pick<HelpArticle, "slug" | "title"> & { excerpt?: string };

const query = signal("");
const found = signal<Listed[] | null>(null);
const busy = signal(false);
const failed = signal("");
/** Milliseconds of silence after which what was typed is searched. */
const SETTLE = 250;

async function look(words: string): Promise<void> {
  busy.value = true;
  failed.value = "";
  const path = words ? `/api/v1/help/search?limit=6&language=${language.value}&q=${encodeURIComponent(words)}` : `/api/v1/help/articles?limit=6&language=${language.value}`;
  try {
    const page = await api.get<Page<HelpHit>>(path, { open: true });
    if (query.value.trim() === words) found.value = page.items;
  } catch (error) {
    failed.value = reasonOf(error);
  }
  busy.value = false;
}

/** Marks in an excerpt mean nothing to who reads it. */
const plain = (text: string): string => text.replace(/[*_`#>]/g, "");

export function Home() {
  const words = query.value.trim();
  const tongue = language.value;
  useEffect(() => {
    const timer = setTimeout(() => void look(words), words ? SETTLE : 0);
    return () => clearTimeout(timer);
  }, [words, tongue]);
  const going = entries.value.length > 0 || waiting.value.length > 0;
  const items = found.value;
  return (
    <main class="body">
      <div class="greeting">
        <h1>{t("head.home")}</h1>
        <p>{t("head.lead")}</p>
      </div>
      <label class="search">
        <Icon name="search" />
        <span class="only-read">{t("home.search")}</span>
        <input type="search" placeholder={t("home.placeholder")} maxLength={200} value={query.value} onInput={(event) => (query.value = event.currentTarget.value)} />
      </label>
      <section class="hits" aria-live="polite" aria-busy={busy.value}>
        <h2>{t(words ? "home.results" : "home.popular")}</h2>
        {failed.value && <p class="notice bad">{failed.value}</p>}
        {items === null && !failed.value && <p class="quiet small">{t("home.busy")}</p>}
        {items?.length === 0 && <p class="quiet">{t("home.nothing")}</p>}
        <ul>
          {items?.map((one) => (
            <li key={one.slug}>
              <button type="button" onClick={() => (screen.value = { name: "article", slug: one.slug, from: "home" })}>
                <strong>{one.title}</strong>
                {one.excerpt && <span class="small quiet">{plain(one.excerpt)}</span>}
              </button>
            </li>
          ))}
        </ul>
      </section>
      <div class="foot">
        <button class="button main wide" type="button" onClick={() => (screen.value = { name: "chat" })}>
          <Icon name="send" size={16} /> {t(going ? "home.continue" : "home.write")}
        </button>
      </div>
    </main>
  );
}
