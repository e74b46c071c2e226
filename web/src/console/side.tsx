import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Icon } from "../shared/icons";
import { moment, percent } from "../shared/time";
import type { Suggestion, Ticket } from "../shared/types";
import { t, word } from "./messages";
import { Sources } from "./parts";
import { api, person, reasonOf, receiptOpen } from "./state";
import type { OpenTicket } from "./ticket_model";

type Kind = "solution" | "reply" | "summary" | "next_action";
const KINDS: Kind[] = ["solution", "reply", "summary", "next_action"];
const FEELING: Record<string, string> = { positive: "good", negative: "bad" };

export function Side({ model, ticket }: { model: OpenTicket; ticket: Ticket }) {
  return (
    <aside class="side" aria-label={t("ticket.details")} tabIndex={0}>
      <Facts ticket={ticket} />
      <Copilot model={model} ticket={ticket} />
      <Receipts model={model} />
    </aside>
  );
}

function Facts({ ticket }: { ticket: Ticket }) {
  const customer = person(ticket.requester_id);
  const holder = ticket.owner === "ai" ? t("side.assistant") : (person(ticket.assignee_id)?.name ?? t("side.nobody"));
  return (
    <section>
      <div class="customer">
        <span class="face" aria-hidden="true">
          {customer?.name.slice(0, 1)}
        </span>
        <div class="grow">
          <strong class="cut">
            <bdi>{customer?.name ?? "…"}</bdi>
          </strong>
          <span class="small quiet cut">{customer?.email}</span>
        </div>
        {customer?.online && <span class="badge good">{t("side.online")}</span>}
      </div>
      <dl class="facts">
        <Fact name={t("side.assignee")} text={holder} />
        <Fact name={t("side.sentiment")} text={word("sentiment", ticket.sentiment)} tone={FEELING[ticket.sentiment ?? ""] ?? ""} badge />
        <Fact name={t("side.intent")} text={word("intent", ticket.intent)} />
        <Fact name={t("side.category")} text={word("category", ticket.category)} />
        <Fact name={t("side.priority")} text={word("priority", ticket.priority)} />
        <Fact name={t("side.language")} text={word("language", ticket.language)} />
        <Fact name={t("side.opened")} text={moment(ticket.created_at)} />
      </dl>
    </section>
  );
}

function Fact({ name, text, tone = "", badge = false }: { name: string; text: string; tone?: string; badge?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{!text ? <span class="quiet">{t("side.unknown")}</span> : badge ? <span class={`badge ${tone}`}>{text}</span> : <bdi>{text}</bdi>}</dd>
    </div>
  );
}

type Asked = { kind: Kind; state: "busy" } | { kind: Kind; state: "failed"; reason: string } | { kind: Kind; state: "there"; found: Suggestion[] };

function Copilot({ model, ticket }: { model: OpenTicket; ticket: Ticket }) {
  const asked = useMemo(() => signal<Asked | null>(null), [model]);
  const ask = async (kind: Kind) => {
    asked.value = { kind, state: "busy" };
    try {
      const told = await api.post<{ suggestions: Suggestion[] }>("/api/v1/ai/suggest", { ticket_id: ticket.id, type: kind });
      asked.value = { kind, state: "there", found: told.suggestions };
    } catch (error) {
      asked.value = { kind, state: "failed", reason: reasonOf(error) };
    }
  };
  return (
    <section aria-labelledby="copilot-title">
      <h3 id="copilot-title">
        <Icon name="spark" size={16} /> {t("ai.title")}
      </h3>
      <p class="small quiet">{t("ai.lead")}</p>
      <div class="chips" role="group" aria-label={t("ai.ask")}>
        {KINDS.map((kind) => (
          <button class="button slim" type="button" aria-pressed={asked.value?.kind === kind} disabled={asked.value?.state === "busy"} onClick={() => void ask(kind)}>
            {t(`ai.${kind}`)}
          </button>
        ))}
      </div>
      <div aria-live="polite">
        <Found asked={asked.value} model={model} />
      </div>
    </section>
  );
}

function Found({ asked, model }: { asked: Asked | null; model: OpenTicket }) {
  if (asked === null) return null;
  if (asked.state === "busy") return <p class="small quiet">{t("ai.busy")}</p>;
  if (asked.state === "failed") return <p class="notice bad">{asked.reason}</p>;
  if (asked.found.length === 0) return <p class="small quiet">{t("ai.none")}</p>;
  const usable = asked.kind === "reply" || asked.kind === "solution";
  const use = (text: string) => {
    model.kind.value = "reply";
    model.write(text);
    document.getElementById("composer-text")?.focus();
  };
  return (
    <>
      {asked.found.map((one) => (
        <article class="suggestion">
          <p dir="auto">{one.text}</p>
          <Sources citations={one.citations} />
          <div class="row wrap">
            <span class="small quiet grow">{t("ai.confidence", { share: percent(one.confidence) })}</span>
            {usable && (
              <button class="button slim" type="button" onClick={() => use(one.text)}>
                {t("ai.use")}
              </button>
            )}
          </div>
        </article>
      ))}
    </>
  );
}

function Receipts({ model }: { model: OpenTicket }) {
  const receipts = model.receipts.value;
  return (
    <section aria-labelledby="receipts-title">
      <h3 id="receipts-title">{t("ai.receipts")}</h3>
      {receipts.length === 0 && <p class="small quiet">{t("ai.noReceipts")}</p>}
      <ul class="plain">
        {receipts.map((one) => (
          <li>
            <button class="receipt-row" type="button" onClick={() => (receiptOpen.value = one.id)}>
              <span class={`badge ${one.decision === "answer" ? "good" : "warn"}`}>{word("decision", one.decision)}</span>
              <span class="grow small">{word("reason", one.reason)}</span>
              <span class="small quiet">{percent(one.confidence)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
