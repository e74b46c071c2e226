import { language, localeOf } from "./i18n";

const MINUTE = 60_000;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["minute", MINUTE],
  ["hour", 60 * MINUTE],
  ["day", 24 * 60 * MINUTE],
];

/** "5 minutes ago" for the last week, a date before it. */
export function ago(at: string, now = Date.now()): string {
  const locale = localeOf(language.value);
  const past = now - Date.parse(at);
  if (past > 7 * 24 * 60 * MINUTE) return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(Date.parse(at));
  const [unit, size] = STEPS.findLast(([, length]) => past >= length) ?? ["minute", MINUTE];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" }).format(-Math.floor(past / size), unit);
}

export function clock(at: string): string {
  return new Intl.DateTimeFormat(localeOf(language.value), { hour: "2-digit", minute: "2-digit" }).format(Date.parse(at));
}

export function moment(at: string): string {
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(localeOf(language.value), style).format(Date.parse(at));
}

export function percent(share: number): string {
  return new Intl.NumberFormat(localeOf(language.value), { style: "percent" }).format(share);
}
