import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { percent } from "../shared/time";
import type { Article, Rejudgement, Told } from "../shared/types";
import { t, word } from "./messages";
import { api, reasonOf } from "./state";

type Look = { state: "busy" } | { state: "failed"; reason: string } | { state: "there"; told: Rejudgement };
const TONES = { same: "", changed: "warn", lost: "bad", gained: "good" } as const;

/** Before an article is published: what its draft would make of answers that rested on it. */
export function Rejudging({ article, changed }: { article: Article; changed: boolean }) {
  const look = useMemo(() => signal<Look | null>(null), [article.id, article.version]);
  const run = async () => {
    look.value = { state: "busy" };
    try {
      look.value = { state: "there", told: await api.get<Rejudgement>(`/api/v1/articles/${article.id}/rejudgement?limit=25`) };
    } catch (error) {
      look.value = { state: "failed", reason: reasonOf(error) };
    }
  };
  const now = look.value;
  return (
    <section class="card rejudging" aria-labelledby="judge-title">
      <div class="row wrap">
        <h2 id="judge-title" class="grow">
          {t("judge.title")}
        </h2>
        <button class="button" type="button" disabled={changed || now?.state === "busy"} onClick={() => void run()}>
          {now?.state === "busy" ? t("judge.busy") : t("judge.run")}
        </button>
      </div>
      <p class="quiet">{t("judge.lead")}</p>
      <div aria-live="polite">
        {now?.state === "failed" && <p class="notice bad">{now.reason}</p>}
        {now?.state === "there" && <Outcome told={now.told} />}
      </div>
    </section>
  );
}

function Outcome({ told }: { told: Rejudgement }) {
  return (
    <>
      <p>
        {t("judge.counts", { n: told.looked_at, untouched: told.untouched, unknown: told.unknown })} {told.more && t("judge.more")}
      </p>
      {told.judged.length === 0 && <p class="quiet">{t("judge.none")}</p>}
      <ul class="plain judged">
        {told.judged.map((one) => (
          <li>
            <div class="row">
              <span class={`badge ${TONES[one.verdict]}`}>{word("verdict", one.verdict)}</span>
              {one.ticket_id && (
                <a class="small" href={`#/tickets/${one.ticket_id}`}>
                  {t("judge.open")}
                </a>
              )}
            </div>
            <div class="pair">
              <Side name={t("judge.before")} told={one.before} />
              <Side name={t("judge.after")} told={one.after} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Side({ name, told }: { name: string; told: Told }) {
  return (
    <div>
      <span class="small quiet">
        {name} · {word("decision", told.decision)} · {percent(told.confidence)}
      </span>
      <p dir="auto">{told.quote ?? <span class="quiet">{t("judge.noQuote")}</span>}</p>
    </div>
  );
}
