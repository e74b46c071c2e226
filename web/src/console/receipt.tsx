import { useEffect, useMemo, useState } from "preact/hooks";
import { Icon } from "../shared/icons";
import { Markdown } from "../shared/markdown";
import { moment, percent } from "../shared/time";
import type { Receipt, Replay } from "../shared/types";
import { Loading } from "./load";
import { t, word } from "./messages";
import { Busy, Dialog, Failed } from "./parts";
import { api, reasonOf } from "./state";

/** What stood behind an answer, and whether it comes out the same when it is made again. */
export function ReceiptDialog({ id, close }: { id: string; close: () => void }) {
  const loading = useMemo(() => new Loading<Receipt>(), [id]);
  const load = () => void loading.run(() => api.get<Receipt>(`/api/v1/ai/answers/${id}`));
  useEffect(load, [id]);
  const now = loading.now.value;
  return (
    <Dialog title={t("receipt.title")} close={close}>
      {now.state === "loading" && <Busy text={t("receipt.loading")} />}
      {now.state === "error" && <Failed reason={now.reason} again={load} />}
      {now.state === "ready" && <Whole receipt={now.value} />}
    </Dialog>
  );
}

function Whole({ receipt }: { receipt: Receipt }) {
  const feedback = receipt.feedback;
  return (
    <>
      <dl class="facts wide">
        <Fact name="receipt.decision" text={`${word("decision", receipt.decision)} · ${word("reason", receipt.reason)}`} />
        <Fact name="receipt.confidence" text={percent(receipt.confidence)} />
        <Fact name="receipt.outcome" text={word("outcome", receipt.outcome)} />
        <Fact name="receipt.engine" text={receipt.engine} />
        <Fact name="receipt.took" text={t("receipt.ms", { n: receipt.latency_ms })} />
        <Fact name="receipt.tokens" text={String(receipt.usage.input_tokens + receipt.usage.output_tokens)} />
        <Fact name="receipt.snapshot" text={`${receipt.snapshot} · ${moment(receipt.created_at)}`} />
        <Fact name="receipt.feedback" text={t(feedback ? (feedback.helpful ? "receipt.helpful" : "receipt.unhelpful") : "receipt.noFeedback")} />
      </dl>
      <h3>{t("receipt.reply")}</h3>
      <div class="said" dir="auto">
        <Markdown text={receipt.reply} />
      </div>
      {receipt.citations.length > 0 && <h3>{t("receipt.citations")}</h3>}
      {receipt.citations.map((one) => (
        <blockquote>
          <a href={`#/knowledge/${one.article_id}`}>{one.title}</a> <span class="small quiet">{t("receipt.version", { n: one.article_version })}</span>
          <Markdown text={one.quote} />
        </blockquote>
      ))}
      <h3>{t("receipt.checks")}</h3>
      <ul class="checks">
        {receipt.verdicts.map((one) => (
          <li class={one.ok ? "ok" : "bad"}>
            <Icon name={one.ok ? "check" : "close"} size={14} />
            {word("check", one.check)}
            <span class="only-read">{t(one.ok ? "receipt.ok" : "receipt.bad")}</span>
            {one.note && <span class="small quiet">{one.note}</span>}
          </li>
        ))}
      </ul>
      <Evidence receipt={receipt} />
      <AgainButton receipt={receipt} />
    </>
  );
}

function Fact({ name, text }: { name: Parameters<typeof t>[0]; text: string }) {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Evidence({ receipt }: { receipt: Receipt }) {
  if (receipt.evidence.length === 0) return null;
  return (
    <>
      <h3>{t("receipt.evidence")}</h3>
      <ul class="plain">
        {receipt.evidence.map((one) => (
          <li class="row small">
            <meter min={0} max={1} value={one.score} aria-label={percent(one.score)} />
            <span class="quiet">{percent(one.score)}</span>
            <a href={`#/knowledge/${one.article_id}`} class="cut">
              {one.article_id}
            </a>
            <span class="quiet">{t("receipt.version", { n: one.article_version })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function AgainButton({ receipt }: { receipt: Receipt }) {
  const [told, setTold] = useState("");
  const replay = async () => {
    try {
      const made = await api.post<Replay>(`/api/v1/ai/answers/${receipt.id}/replay`, {});
      setTold(made.same ? t("receipt.same") : t("receipt.differs", { fields: made.differences.join(", ") }));
    } catch (error) {
      setTold(reasonOf(error));
    }
  };
  if (!receipt.replayable) return null;
  return (
    <div class="row wrap">
      <button class="button" type="button" onClick={() => void replay()}>
        <Icon name="reload" size={16} /> {t("receipt.replay")}
      </button>
      <span role="status">{told}</span>
    </div>
  );
}
