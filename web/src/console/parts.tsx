import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../shared/icons";
import { Markdown } from "../shared/markdown";
import type { Citation, Priority, Status } from "../shared/types";
import { t, word } from "./messages";

export const TONES: Record<Status, string> = { new: "accent", open: "accent", pending: "warn", on_hold: "", resolved: "good", closed: "" };

export function StatusBadge({ status }: { status: Status }) {
  return <span class={`badge ${TONES[status]}`}>{word("status", status)}</span>;
}

export function PriorityBadge({ priority }: { priority: Priority }) {
  if (priority === "normal" || priority === "low") return null;
  return <span class={`badge ${priority === "urgent" ? "bad" : "warn"}`}>{word("priority", priority)}</span>;
}

export function Busy({ text }: { text: string }) {
  return (
    <div class="state" role="status">
      <span class="spinner" />
      <span>{text}</span>
    </div>
  );
}

export function Empty({ title, lead, children }: { title: string; lead?: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <strong>{title}</strong>
      {lead && <span>{lead}</span>}
      {children}
    </div>
  );
}

export function Failed({ reason, again }: { reason: string; again?: () => void }) {
  return (
    <div class="state" role="alert">
      <strong>{reason}</strong>
      {again && (
        <button class="button" type="button" onClick={again}>
          <Icon name="reload" /> {t("net.retry")}
        </button>
      )}
    </div>
  );
}

export function Sources({ citations }: { citations: readonly Citation[] }) {
  if (citations.length === 0) return null;
  return (
    <div class="sources">
      <span class="small quiet">{t("timeline.sources")}</span>
      {citations.map((one) => (
        <details>
          <summary>{one.title}</summary>
          <blockquote>
            <Markdown text={one.quote} />
          </blockquote>
          <a class="small" href={`#/knowledge/${one.article_id}`}>
            {t("receipt.version", { n: one.article_version })}
          </a>
        </details>
      ))}
    </div>
  );
}

/** The browser's own dialog: it keeps the focus inside, and Escape closes it. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => element.current?.showModal(), []);
  return (
    <dialog ref={element} class="dialog" aria-labelledby="dialog-title" onClose={close}>
      <header>
        <h2 id="dialog-title" class="grow">
          {title}
        </h2>
        <button class="button bare icon" type="button" aria-label={t("receipt.close")} onClick={() => element.current?.close()}>
          <Icon name="close" />
        </button>
      </header>
      <div class="dialog-body" tabIndex={0}>
        {children}
      </div>
    </dialog>
  );
}
