import { useEffect, useMemo } from "preact/hooks";
import { signal } from "@preact/signals";
import { Problem } from "../shared/api";
import { Icon } from "../shared/icons";
import type { Status, Ticket } from "../shared/types";
import { Composer } from "./composer";
import { Conversation } from "./conversation";
import { t, word } from "./messages";
import { Busy, Empty, Failed, PriorityBadge, StatusBadge } from "./parts";
import { ReceiptDialog } from "./receipt";
import { Side } from "./side";
import { api, person, receiptOpen } from "./state";
import { OpenTicket, STEPS } from "./ticket_model";

const details = signal(false);

export function TicketPage({ id }: { id: string }) {
  const model = useMemo(() => new OpenTicket(id), [id]);
  useEffect(() => model.start(), [model]);
  const now = model.ticket.now.value;
  if (now.state === "loading") {
    return (
      <section class="ticket none">
        <Busy text={t("ticket.loading")} />
      </section>
    );
  }
  if (now.state === "error") {
    const missing = now.error instanceof Problem && now.error.status === 404;
    return <section class="ticket none">{missing ? <Empty title={t("ticket.missing")} /> : <Failed reason={now.reason} again={() => void model.load()} />}</section>;
  }
  return (
    <section class={`ticket ${details.value ? "with-side" : ""}`} aria-labelledby="ticket-subject">
      <div class="ticket-main">
        <Head model={model} ticket={now.value} />
        {model.trouble.value && (
          <p class="notice bad" role="alert">
            {model.trouble.value}
          </p>
        )}
        <Conversation model={model} />
        <Composer model={model} ticket={now.value} />
      </div>
      <Side model={model} ticket={now.value} />
      {receiptOpen.value && <ReceiptDialog id={receiptOpen.value} close={() => (receiptOpen.value = null)} />}
    </section>
  );
}

function Head({ model, ticket }: { model: OpenTicket; ticket: Ticket }) {
  return (
    <header class="ticket-head">
      <div class="row">
        <a class="button bare icon back" href="#/inbox" aria-label={t("ticket.back")}>
          <Icon name="back" />
        </a>
        <h2 id="ticket-subject" class="grow cut">
          <bdi>{ticket.subject}</bdi>
        </h2>
        <button class="button slim toggle-side" type="button" aria-expanded={details.value} onClick={() => (details.value = !details.value)}>
          {t("ticket.details")}
        </button>
      </div>
      <div class="row wrap">
        <StatusBadge status={ticket.status} />
        <PriorityBadge priority={ticket.priority} />
        <span class="small quiet">
          <bdi>{person(ticket.requester_id)?.name ?? "…"}</bdi> · {t("ticket.number", { number: ticket.number })}
        </span>
        <span class="grow" />
        <Acts model={model} ticket={ticket} />
      </div>
    </header>
  );
}

function Acts({ model, ticket }: { model: OpenTicket; ticket: Ticket }) {
  const mine = ticket.assignee_id === api.user.value?.id;
  const busy = model.acting.value;
  if (ticket.status === "closed") return null;
  return (
    <>
      {mine ? (
        <button class="button slim bare" type="button" disabled={busy} onClick={() => void model.giveBack()}>
          {t("ticket.giveBack")}
        </button>
      ) : (
        <button class="button slim main" type="button" disabled={busy} onClick={() => void model.claim()}>
          {t(ticket.assignee_id ? "ticket.takeOver" : "ticket.claim")}
        </button>
      )}
      <select class="input slim" aria-label={t("ticket.status")} disabled={busy} value="" onChange={(event) => void model.move(event.currentTarget.value as Status)}>
        <option value="" disabled>
          {t("ticket.status")}
        </option>
        {STEPS[ticket.status].map((to) => (
          <option value={to}>{word("status", to)}</option>
        ))}
      </select>
    </>
  );
}
