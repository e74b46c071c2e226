/** What the HTTP API answers, as docs/openapi.json describes it; only what the pages read. */
export type Status = "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
export type Role = "customer" | "agent" | "admin";
export type Priority = "low" | "normal" | "high" | "urgent";

export interface User {
  id: string;
  email: string;
  name: string;
  role: Role;
  language: "zh" | "en";
  online: boolean;
  last_seen_at: string | null;
}

export interface SignedIn {
  access_token: string;
  expires_in: number;
  refresh_token: string;
  user: User;
}

export interface Ticket {
  id: string;
  number: string;
  requester_id: string;
  subject: string;
  category: string;
  priority: Priority;
  status: Status;
  owner: "ai" | "human";
  assignee_id: string | null;
  language: string | null;
  sentiment: string | null;
  intent: string | null;
  tags: string[];
  seq: number;
  version: number;
  created_at: string;
  updated_at: string;
  waiting_since: string | null;
  last_customer_seq: number;
  follow_up_of: string | null;
}

export interface Citation {
  article_id: string;
  article_version: number;
  title: string;
  quote: string;
}

export interface Entry {
  id: string;
  ticket_id: string;
  seq: number;
  kind: "message" | "note" | "event";
  event: string;
  author: { id: string; role: Role | "ai" | "system"; on_behalf_by?: string | null };
  type: "user" | "agent" | "ai" | "system" | null;
  content: string | null;
  attachments: { id: string; name: string; type: string; size: number }[];
  citations: Citation[];
  answer_id: string | null;
  created_at: string;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Change {
  seq: number;
  event: string;
  reason: string | null;
  changes: { field: string; old: unknown; new: unknown }[];
}

export interface Suggestion {
  text: string;
  confidence: number;
  citations: Citation[];
  ticket_id: string | null;
}

export interface Receipt {
  id: string;
  outcome: "said" | "discarded";
  created_at: string;
  turn: number | null;
  language: string;
  intent: { label: string; confidence: number };
  sentiment: { label: string; confidence: number };
  snapshot: string;
  evidence: { article_id: string; article_version: number; start: number; end: number; score: number }[];
  decision: "answer" | "ask" | "hand_over";
  reason: string;
  reply: string;
  citations: Citation[];
  confidence: number;
  verdicts: { check: string; ok: boolean; note: string }[];
  engine: string;
  usage: { input_tokens: number; output_tokens: number; micros: number };
  latency_ms: number;
  replayable: boolean;
  feedback: { helpful: boolean; comment: string } | null;
}

export interface Replay {
  same: boolean;
  differences: string[];
  recorded_sha256: string;
  replayed_sha256: string | null;
}

export type ArticleStatus = "draft" | "published" | "archived";

export interface ArticleSummary {
  id: string;
  slug: string;
  language: "zh" | "en";
  title: string;
  category: string;
  status: ArticleStatus;
  version: number;
  published_version: number | null;
  updated_at: string;
}

export interface Article extends ArticleSummary {
  body: string;
}

export interface Told {
  decision: "answer" | "ask" | "hand_over";
  article_id: string | null;
  quote: string | null;
  confidence: number;
}

export interface Rejudgement {
  looked_at: number;
  untouched: number;
  unknown: number;
  more: boolean;
  judged: { answer_id: string; ticket_id: string | null; verdict: "same" | "changed" | "lost" | "gained"; before: Told; after: Told }[];
}

export interface HelpHit {
  article_id: string;
  slug: string;
  language: "zh" | "en";
  title: string;
  category: string;
  excerpt: string;
}

export interface HelpArticle {
  slug: string;
  language: "zh" | "en";
  title: string;
  body: string;
}
