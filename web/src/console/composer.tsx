import { useRef } from "preact/hooks";
import { Icon } from "../shared/icons";
import type { Ticket } from "../shared/types";
import { t } from "./messages";
import type { ComposerKind, OpenTicket } from "./ticket_model";

const KINDS: ComposerKind[] = ["reply", "note"];

export function Composer({ model, ticket }: { model: OpenTicket; ticket: Ticket }) {
  const area = useRef<HTMLTextAreaElement>(null);
  if (ticket.status === "closed") return <p class="composer closed quiet">{t("ticket.closed")}</p>;
  const note = model.kind.value === "note";
  const send = () => void model.send().then(() => area.current?.focus());
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      class={`composer ${note ? "is-note" : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Refusal model={model} />
      <div class="tabs slim" role="group" aria-label={t("composer.kind")}>
        {KINDS.map((kind) => (
          <button type="button" aria-pressed={model.kind.value === kind} onClick={() => (model.kind.value = kind)}>
            {t(`composer.${kind}`)}
          </button>
        ))}
      </div>
      <textarea
        ref={area}
        id="composer-text"
        class="input"
        rows={3}
        maxLength={20000}
        dir="auto"
        aria-label={t(note ? "composer.noteTo" : "composer.replyTo")}
        placeholder={t(note ? "composer.noteTo" : "composer.replyTo")}
        value={model.text.value}
        onInput={(event) => model.write(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <div class="row">
        <span class="small quiet grow">{t("composer.hint")}</span>
        <button class="button main" disabled={model.sending.value || !model.text.value.trim()}>
          <Icon name="send" size={16} />
          {model.sending.value ? t("composer.sending") : sendLabel(model, note)}
        </button>
      </div>
    </form>
  );
}

function sendLabel(model: OpenTicket, note: boolean): string {
  if (note) return t("composer.sendNote");
  return t(model.stale.value === null ? "composer.send" : "stale.send");
}

function Refusal({ model }: { model: OpenTicket }) {
  if (model.stale.value !== null) {
    return (
      <div class="notice" role="alert">
        <Icon name="info" />
        <span>
          <strong>{t("stale.title")}</strong>
          <br />
          {t("stale.lead")}
        </span>
      </div>
    );
  }
  if (!model.failure.value) return null;
  return (
    <p class="notice bad" role="alert">
      {t("composer.failed", { reason: model.failure.value })}
    </p>
  );
}
