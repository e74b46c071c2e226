import { effect, signal } from "@preact/signals";
import { kept } from "./storage";

export type Language = "zh" | "en";
export type Values = Record<string, string | number>;

const stored = kept<Language | "">("scs.language", "");

/** The better of the two by what the browser prefers; English when it names neither. */
export function preferred(languages: readonly string[]): Language {
  for (const tag of languages) {
    const primary = tag.toLowerCase().split("-")[0];
    if (primary === "zh" || primary === "en") return primary;
  }
  return "en";
}

export const language = signal<Language>(stored.read() || preferred(globalThis.navigator?.languages ?? []));

/** Choose a language and remember it. */
export function speak(chosen: Language): void {
  stored.write(chosen);
  language.value = chosen;
}

export const localeOf = (of: Language): string => (of === "zh" ? "zh-CN" : "en");

/** Keeps the document's language and title in step. */
export function announceLanguage(title: () => string): void {
  effect(() => {
    document.documentElement.lang = localeOf(language.value);
    document.title = title();
  });
}

export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Looks words up in two catalogues whose keys the compiler holds to be the same. */
export function translator<Key extends string>(catalogues: Record<Language, Record<Key, string>>) {
  return (key: Key, values?: Values): string => fill(catalogues[language.value][key], values);
}

/** A word of the API (a status, an intent) in the reader's language, or as it came where we have no word for it. */
export function wordOf<Key extends string>(catalogues: Record<Language, Record<Key, string>>) {
  return (kind: string, word: string | null): string => {
    const key = `${kind}.${word}`;
    const texts: Record<string, string> = catalogues[language.value];
    return word === null ? "" : (texts[key] ?? word.replaceAll("_", " "));
  };
}
