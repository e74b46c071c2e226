import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shared/icons";
import { Markdown } from "../shared/markdown";
import type { Waiting } from "../shared/outbox";
import { clock } from "../shared/time";
import type { Entry } from "../shared/types";
import { t } from "./messages";
import { askForPerson, draft, entries, flush, live, online, outbox, rate, ratings, screen, staffTyping, startAnew, ticket, trouble, typing, waiting, write } from "./state";

export function Chat() {
  const box = useRef<HTMLDivElement>(null);
  const unsent = waiting.value;
  const count = entries.value.length + unsent.length;
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [count, draft.value, staffTyping.value]);
  return (
    <main class="chat">
      <h1 class="only-read">{t("chat.title")}</h1>
      {(!online.value || (ticket.value !== null && live.state.value === "off")) && (
        <p class="notice small" role="status">
          {t("chat.offline")}
        </p>
      )}
      <div class="log" ref={box} role="log" aria-label={t("chat.title")} tabIndex={0}>
        {count === 0 && <p class="hello">{t("chat.hello")}</p>}
        {entries.value.map((entry) => (
          <Line key={entry.seq} entry={entry} />
        ))}
        {ticket.value?.status === "resolved" && <p class="event">{t("chat.resolved")}</p>}
        {unsent.map((item) => (
          <Unsent key={item.key} item={item} />
        ))}
        {draft.value !== null ? <Making text={draft.value} /> : isAnswering() && <Dots label={t("chat.answering")} />}
        {staffTyping.value && <Dots label={t("chat.typing")} />}
      </div>
      {trouble.value && (
        <p class="notice bad small" role="alert">
          {trouble.value}
        </p>
      )}
      <Compose />
    </main>
  );
}

/** The assistant has the ticket, and the customer's last message has no answer yet. */
function isAnswering(): boolean {
  const last = entries.value.findLast((entry) => entry.kind === "message");
  return ticket.value?.owner === "ai" && last?.type === "user";
}

const EVENTS = { handed_over: "chat.personSoon", assigned: "chat.joined", returned_to_ai: "chat.back" } as const;
const NAMES = { user: "chat.you", agent: "chat.staff", ai: "chat.ai", system: "chat.system" } as const;

function Line({ entry }: { entry: Entry }) {
  if (entry.kind !== "message" || entry.type === null) {
    const key = EVENTS[entry.event as keyof typeof EVENTS];
    return key ? <p class="event">{t(key)}</p> : null;
  }
  return (
    <>
      <article class={`bubble ${entry.type}`}>
        <header class="small quiet">
          {t(NAMES[entry.type])} · <time dateTime={entry.created_at}>{clock(entry.created_at)}</time>
        </header>
        {entry.type === "ai" ? <Markdown text={entry.content ?? ""} /> : <p dir="auto">{entry.content}</p>}
        {entry.citations.length > 0 && <Sources entry={entry} />}
      </article>
      {entry.type === "ai" && entry.answer_id && entry.event === "answered" && <Rate answer={entry.answer_id} />}
      {entry.event === "handed_over" && <p class="event">{t("chat.personSoon")}</p>}
    </>
  );
}

function Sources({ entry }: { entry: Entry }) {
  const articles = [...new Map(entry.citations.map((one) => [one.article_id, one])).values()];
  return (
    <div class="sources small">
      <span class="quiet">{t("chat.sources")}</span>
      {articles.map((one) => (
        <button type="button" onClick={() => (screen.value = { name: "article", id: one.article_id, version: one.article_version, from: "chat" })}>
          <Icon name="book" size={14} /> {one.title}
        </button>
      ))}
    </div>
  );
}

function Rate({ answer }: { answer: string }) {
  const given = ratings.value[answer];
  return (
    <div class="rate small quiet" role="group" aria-label={t("chat.helped")}>
      <span aria-live="polite">{t(given === undefined ? "chat.helped" : "chat.thanks")}</span>
      <button type="button" aria-label={t("chat.yes")} aria-pressed={given === true} onClick={() => void rate(answer, true)}>
        <Icon name="up" size={16} />
      </button>
      <button type="button" aria-label={t("chat.no")} aria-pressed={given === false} onClick={() => void rate(answer, false)}>
        <Icon name="down" size={16} />
      </button>
    </div>
  );
}

function Unsent({ item }: { item: Waiting }) {
  const refused = item.refused !== undefined;
  const retry = () => {
    outbox.forgive();
    void flush();
  };
  return (
    <article class="bubble user unsent">
      <p dir="auto">{item.content}</p>
      <footer class="small quiet">{refused ? t("chat.failed", { reason: item.refused ?? "" }) : t(outbox.busy.value && online.value ? "chat.sending" : "chat.waiting")}</footer>
      {refused && (
        <div class="row">
          <button class="button slim" type="button" onClick={retry}>
            {t("chat.retry")}
          </button>
          <button class="button slim bare" type="button" onClick={() => outbox.drop(item.key)}>
            {t("chat.drop")}
          </button>
        </div>
      )}
    </article>
  );
}

function Making({ text }: { text: string }) {
  return (
    <article class="bubble ai">
      {text && <Markdown text={text} />}
      <Dots label={t("chat.answering")} />
    </article>
  );
}

function Dots({ label }: { label: string }) {
  return (
    <p class="small quiet typing">
      {label}{" "}
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </p>
  );
}

function Compose() {
  const [text, setText] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);
  const send = () => {
    const content = text.trim();
    if (!content) return;
    setText("");
    write(content);
    area.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    // Enter that ends the choice of a Chinese character is not meant for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const now = ticket.value;
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="row">
        <textarea
          ref={area}
          class="input"
          rows={2}
          maxLength={20000}
          dir="auto"
          aria-label={t("chat.write")}
          placeholder={t("chat.write")}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            typing();
          }}
          onKeyDown={keys}
        />
        <button class="button main icon" aria-label={t("chat.send")} disabled={!text.trim()}>
          <Icon name="send" />
        </button>
      </div>
      <div class="row acts">
        {now?.owner === "ai" && now.status !== "closed" && (
          <button class="button slim bare" type="button" onClick={() => void askForPerson()}>
            <Icon name="person" size={16} /> {t("chat.person")}
          </button>
        )}
        {now && ["resolved", "closed"].includes(now.status) && (
          <button class="button slim bare" type="button" onClick={startAnew}>
            <Icon name="plus" size={16} /> {t("chat.new")}
          </button>
        )}
      </div>
    </form>
  );
}
