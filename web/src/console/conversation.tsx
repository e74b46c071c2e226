import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Markdown } from "../shared/markdown";
import { clock, moment } from "../shared/time";
import type { Change, Entry } from "../shared/types";
import { t, word, type Key } from "./messages";
import { Sources } from "./parts";
import { api, person, receiptOpen } from "./state";
import type { OpenTicket } from "./ticket_model";

export function Conversation({ model }: { model: OpenTicket }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const entries = model.entries.value;
  const count = entries.length + (model.draft.value === null ? 0 : 1);
  useLayoutEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [count, model.draft.value]);
  useEffect(() => {
    if (model.stale.value !== null) document.getElementById("first-new")?.scrollIntoView({ block: "center" });
  }, [model.stale.value]);
  const watch = () => {
    const at = box.current;
    if (at) atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < 60;
  };
  const stale = model.stale.value;
  const firstNew = stale === null ? undefined : entries.find((entry) => entry.seq > stale)?.seq;
  return (
    <div class="conversation" ref={box} onScroll={watch} tabIndex={0} role="log" aria-label={t("timeline.label")}>
      {entries.map((entry) => (
        <div key={entry.seq} class="entry" id={entry.seq === firstNew ? "first-new" : undefined}>
          {entry.seq === firstNew && (
            <div class="new-line">
              <span>{t("timeline.newest")}</span>
            </div>
          )}
          <OneEntry entry={entry} change={model.changes.value[entry.seq]} />
        </div>
      ))}
      {model.draft.value !== null && <Making text={model.draft.value} />}
      <Typing model={model} />
    </div>
  );
}

function Making({ text }: { text: string }) {
  return (
    <article class="bubble ai making">
      <header class="small quiet">{t("timeline.drafting")}</header>
      <p>
        {text} <Dots />
      </p>
    </article>
  );
}

const Dots = () => (
  <span class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
);

function Typing({ model }: { model: OpenTicket }) {
  const who = model.typing.value;
  if (who === null || who.id === api.user.value?.id) return null;
  const name = person(who.id)?.name ?? t(who.role === "customer" ? "timeline.customer" : "timeline.staff");
  return (
    <p class="typing small quiet">
      <Dots /> {t("timeline.typing", { name })}
    </p>
  );
}

function nameOf(author: Entry["author"]): string {
  if (author.role === "ai") return t("timeline.ai");
  if (author.role === "system") return t("timeline.system");
  if (author.id === api.user.value?.id) return t("timeline.you");
  return person(author.id)?.name ?? t(author.role === "customer" ? "timeline.customer" : "timeline.staff");
}

function OneEntry({ entry, change }: { entry: Entry; change: Change | undefined }) {
  if (entry.kind === "event") return <EventLine entry={entry} change={change} />;
  const side = entry.kind === "note" ? "note" : (entry.type ?? "system");
  const helper = entry.author.on_behalf_by;
  return (
    <>
      <article class={`bubble ${side}`}>
        <header class="row small">
          <strong>
            <bdi>{nameOf(entry.author)}</bdi>
          </strong>
          {entry.kind === "note" && <span class="badge warn">{t("timeline.note")}</span>}
          {helper && <span class="quiet">{t("timeline.onBehalf", { name: person(helper)?.name ?? t("timeline.staff") })}</span>}
          <time class="quiet" dateTime={entry.created_at} title={moment(entry.created_at)}>
            {clock(entry.created_at)}
          </time>
        </header>
        {entry.type === "ai" ? <Markdown text={entry.content ?? ""} /> : <p dir="auto">{entry.content}</p>}
        {entry.attachments.map((file) => (
          <p class="small quiet">{t("timeline.file", { name: file.name })}</p>
        ))}
        <Sources citations={entry.citations} />
        {entry.answer_id && (
          <button class="link small" type="button" onClick={() => (receiptOpen.value = entry.answer_id)}>
            {t("timeline.receipt")}
          </button>
        )}
      </article>
      {entry.event === "handed_over" && <p class="event">{t("event.handed_over")}</p>}
    </>
  );
}

function EventLine({ entry, change }: { entry: Entry; change: Change | undefined }) {
  const reason = change?.reason;
  return (
    <p class="event">
      <bdi>{told(entry, change)}</bdi>
      {reason && <> · {t("event.reason", { reason: word("reason", reason) })}</>}
      <time dateTime={entry.created_at} title={moment(entry.created_at)}>
        {clock(entry.created_at)}
      </time>
    </p>
  );
}

const FIELDS = ["subject", "category", "priority", "tags"];

function told(entry: Entry, change: Change | undefined): string {
  const who = nameOf(entry.author);
  const became = (field: string): unknown => change?.changes.find((one) => one.field === field)?.new;
  switch (entry.event) {
    case "assigned": {
      const to = became("assignee_id");
      if (to === entry.author.id || change === undefined) return t("event.claimed", { who });
      if (typeof to !== "string") return t("event.unassigned", { who });
      return t("event.assigned", { who, to: person(to)?.name ?? t("timeline.staff") });
    }
    case "transitioned":
      return t("event.transitioned", { who, to: word("status", String(became("status") ?? "…")) });
    case "handed_over":
      return entry.author.role === "ai" ? t("event.handed_over") : t("event.handedBy", { who });
    case "updated": {
      const named = change?.changes.filter((one) => FIELDS.includes(one.field)).map((one) => t(`field.${one.field}` as Key));
      return t("event.updated", { who, fields: named?.join(", ") || "…" });
    }
    case "returned_to_ai":
    case "erased":
    case "opened":
      return t(`event.${entry.event}`, { who });
    default:
      return `${who} · ${entry.event}`;
  }
}
