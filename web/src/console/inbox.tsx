import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../shared/icons";
import { language } from "../shared/i18n";
import { ago } from "../shared/time";
import type { Priority, Status, Ticket } from "../shared/types";
import { belongs, followOnly, fresh, list, more, opened, POLL, PRIORITIES, priority, refresh, reload, status, STATUSES, view, VIEWS } from "./inbox_model";
import { t, word } from "./messages";
import { Busy, Empty, Failed, PriorityBadge, StatusBadge } from "./parts";
import { api, go, person, said } from "./state";
import { TicketPage } from "./ticket";

function useKeys(items: readonly Ticket[], open: string | null): void {
  useEffect(() => {
    const step = (event: KeyboardEvent) => {
      const from = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(from.tagName)) return;
      const by = { j: 1, k: -1 }[event.key.toLowerCase()];
      if (by === undefined || items.length === 0) return;
      const at = items.findIndex((ticket) => ticket.id === open);
      const next = items[Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
      if (next) go(`/tickets/${next.id}`);
    };
    addEventListener("keydown", step);
    return () => removeEventListener("keydown", step);
  }, [items, open]);
}

export function Inbox({ open }: { open: string | null }) {
  useEffect(() => effect(() => void (view.value, status.value, priority.value, language.value, reload())), []);
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && void refresh();
    const timer = setInterval(look, POLL);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  const items = (list.value?.items ?? []).filter(belongs);
  useEffect(() => effect(() => followOnly(list.value?.items ?? [])), []);
  useEffect(() => () => followOnly([]), []);
  useKeys(items, open);
  useEffect(() => {
    opened.value = open;
    if (open && fresh.value.has(open)) fresh.value = new Set([...fresh.value].filter((id) => id !== open));
  }, [open]);
  return (
    <div class={`inbox ${open ? "has-open" : ""}`}>
      <section class="list" aria-labelledby="inbox-title">
        <Filters />
        <List items={items} open={open} />
      </section>
      {open ? <TicketPage key={open} id={open} /> : <NoTicket />}
    </div>
  );
}

function NoTicket() {
  return (
    <section class="ticket none">
      <Empty title={t("inbox.choose")} lead={t("inbox.chooseLead")} />
    </section>
  );
}

function Filters() {
  return (
    <header class="list-head">
      <div class="row">
        <h1 id="inbox-title" class="grow">
          {t("inbox.title")}
        </h1>
        <button class="button bare icon" type="button" aria-label={t("inbox.refresh")} onClick={() => void refresh()}>
          <Icon name="reload" />
        </button>
      </div>
      <div class="tabs" role="group" aria-label={t("inbox.views")}>
        {VIEWS.map((one) => (
          <button type="button" aria-pressed={view.value === one} onClick={() => (view.value = one)}>
            {t(`view.${one}`)}
          </button>
        ))}
      </div>
      <div class="row">
        <select class="input slim grow" aria-label={t("inbox.status")} value={status.value} onChange={(event) => (status.value = event.currentTarget.value as Status | "")}>
          <option value="">{t("inbox.anyStatus")}</option>
          {STATUSES.map((one) => (
            <option value={one}>{word("status", one)}</option>
          ))}
        </select>
        <select class="input slim grow" aria-label={t("inbox.priority")} value={priority.value} onChange={(event) => (priority.value = event.currentTarget.value as Priority | "")}>
          <option value="">{t("inbox.anyPriority")}</option>
          {PRIORITIES.map((one) => (
            <option value={one}>{word("priority", one)}</option>
          ))}
        </select>
      </div>
    </header>
  );
}

function List({ items, open }: { items: readonly Ticket[]; open: string | null }) {
  const now = list.now.value;
  if (now.state === "loading") return <Busy text={t("inbox.loading")} />;
  if (now.state === "error") return <Failed reason={now.reason} again={() => void reload()} />;
  return (
    <div class="list-body" tabIndex={-1}>
      {items.length === 0 && <Empty title={t("inbox.empty")} lead={t("inbox.emptyLead")} />}
      <ul>
        {items.map((ticket) => (
          <Row key={ticket.id} ticket={ticket} open={ticket.id === open} />
        ))}
      </ul>
      {now.value.next_cursor && (
        <div class="state slim">
          <button class="button" type="button" onClick={() => void more().then(() => (said.value = t("inbox.more")))}>
            {t("inbox.more")}
          </button>
        </div>
      )}
    </div>
  );
}

function Row({ ticket, open }: { ticket: Ticket; open: boolean }) {
  const who = person(ticket.requester_id);
  return (
    <li>
      <a class="ticket-row" href={`#/tickets/${ticket.id}`} aria-current={open ? "true" : undefined}>
        <span class="row">
          <span class="grow cut who">
            <bdi>{who?.name ?? "…"}</bdi>
          </span>
          {fresh.value.has(ticket.id) && <span class="badge accent">{t("inbox.unread")}</span>}
          <time class="small quiet" dateTime={ticket.updated_at}>
            {ago(ticket.updated_at)}
          </time>
        </span>
        <span class="cut subject">
          <bdi>{ticket.subject}</bdi>
        </span>
        <span class="row wrap">
          <StatusBadge status={ticket.status} />
          <PriorityBadge priority={ticket.priority} />
          <Holder ticket={ticket} />
          {ticket.sentiment === "negative" && <span class="badge bad">{word("sentiment", "negative")}</span>}
          {ticket.waiting_since && <span class="small quiet">{t("inbox.waiting", { time: ago(ticket.waiting_since) })}</span>}
        </span>
      </a>
    </li>
  );
}

function Holder({ ticket }: { ticket: Ticket }) {
  if (ticket.owner === "ai") return <span class="badge violet">{t("side.assistant")}</span>;
  if (ticket.assignee_id === null) return <span class="badge">{t("side.nobody")}</span>;
  if (ticket.assignee_id === api.user.value?.id) return <span class="badge">{t("ticket.mine")}</span>;
  return (
    <span class="badge">
      <bdi>{person(ticket.assignee_id)?.name ?? "…"}</bdi>
    </span>
  );
}
