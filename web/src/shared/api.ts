import { signal } from "@preact/signals";
import { language, localeOf } from "./i18n";
import { kept } from "./storage";
import type { SignedIn, User } from "./types";

/** An answer of the API that says no: RFC 9457, in the reader's language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly retryAfter = 0,
  ) {
    super(detail);
  }
}

/** No answer came. */
export class Unreachable extends Error {}

export interface Ask {
  body?: unknown;
  /** Idempotency-Key: the same request sent again is done once. */
  key?: string;
  /** The version that was read. */
  ifMatch?: number;
  /** Without a token. */
  open?: boolean;
}

interface Session {
  access: string;
  refresh: string;
  /** Milliseconds since the epoch. */
  until: number;
  user: User;
}

/** Seconds before its end at which a token is exchanged. */
const EARLY = 30;

export const newKey = (): string => crypto.randomUUID();

/** The API for one signed-in person. Tabs share the session: a refresh token is good once, so one tab exchanges it. */
export class Api {
  private readonly store;
  readonly user;

  constructor(private readonly name: string) {
    this.store = kept<Session | null>(`scs.${name}.session`, null);
    this.user = signal<User | null>(this.store.read()?.user ?? null);
    globalThis.addEventListener?.("storage", (event) => {
      if (event.key === `scs.${name}.session`) this.user.value = this.store.read()?.user ?? null;
    });
  }

  get<T>(path: string, ask: Ask = {}): Promise<T> {
    return this.send<T>("GET", path, ask);
  }

  post<T>(path: string, body: unknown, ask: Ask = {}): Promise<T> {
    return this.send<T>("POST", path, { ...ask, body });
  }

  async send<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
    const token = ask.open ? null : await this.token();
    const first = await this.attempt(method, path, ask, token);
    if (first.status !== 401 || token === null) return answerOf<T>(first);
    return answerOf<T>(await this.attempt(method, path, ask, await this.alone(() => this.renewed(token))));
  }

  async signIn(path: string, body: unknown): Promise<void> {
    this.keep(await this.send<SignedIn>("POST", path, { body, open: true }));
  }

  async signOut(): Promise<void> {
    try {
      await this.send("POST", "/api/v1/auth/logout");
    } catch {
      // Here it ends in any case; there the session ends by itself.
    }
    this.drop();
  }

  private async token(): Promise<string> {
    const session = this.store.read();
    if (session === null) throw this.gone();
    if (session.until - Date.now() > EARLY * 1000) return session.access;
    return this.alone(() => this.renewed(session.access));
  }

  private async renewed(stale: string): Promise<string> {
    const session = this.store.read();
    if (session === null) throw this.gone();
    // Another tab was faster.
    if (session.access !== stale) return session.access;
    const body = { refresh_token: session.refresh };
    const answer = await this.attempt("POST", "/api/v1/auth/refresh", { body }, null);
    if (answer.status === 401 || answer.status === 403) throw this.gone();
    return this.keep(await answerOf<SignedIn>(answer));
  }

  private alone<T>(act: () => Promise<T>): Promise<T> {
    const locks = globalThis.navigator?.locks;
    return locks ? locks.request(`scs.${this.name}.refresh`, act) : act();
  }

  private keep(signed: SignedIn): string {
    const until = Date.now() + signed.expires_in * 1000;
    this.store.write({ access: signed.access_token, refresh: signed.refresh_token, until, user: signed.user });
    this.user.value = signed.user;
    return signed.access_token;
  }

  private gone(): Problem {
    this.drop();
    return new Problem(401, "signed_out", "");
  }

  private drop(): void {
    this.store.write(null);
    this.user.value = null;
  }

  private async attempt(method: string, path: string, ask: Ask, token: string | null): Promise<Response> {
    const headers: Record<string, string> = { "Accept-Language": localeOf(language.value) };
    if (token !== null) headers["Authorization"] = `Bearer ${token}`;
    if (ask.body !== undefined) headers["Content-Type"] = "application/json";
    if (ask.key !== undefined) headers["Idempotency-Key"] = ask.key;
    if (ask.ifMatch !== undefined) headers["If-Match"] = `"${ask.ifMatch}"`;
    const sent: RequestInit = { method, headers, credentials: "omit" };
    if (ask.body !== undefined) sent.body = JSON.stringify(ask.body);
    try {
      return await fetch(path, sent);
    } catch (error) {
      throw new Unreachable(String(error), { cause: error });
    }
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  if (response.ok) return (response.status === 204 ? undefined : await content(response)) as T;
  const told = (await content(response).catch(() => ({}))) as { code?: string; detail?: string };
  const retry = Number(response.headers.get("Retry-After") ?? 0);
  throw new Problem(response.status, told.code ?? `http_${response.status}`, told.detail ?? "", retry);
}

async function content(response: Response): Promise<unknown> {
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}
