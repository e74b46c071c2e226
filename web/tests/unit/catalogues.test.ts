import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as console_ from "../../src/console/messages";
import * as widget from "../../src/widget/messages";

const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!).sort();
const SAME: ReadonlySet<string> = new Set();

function source(folder: string): string {
  const at = new URL(`../../src/${folder}/`, import.meta.url);
  const files = readdirSync(at).filter((name) => /\.tsx?$/.test(name) && name !== "messages.ts");
  return files.map((name) => readFileSync(new URL(name, at), "utf8")).join("\n");
}

describe.each([
  ["console", console_.en as Record<string, string>, console_.zh as Record<string, string>],
  ["widget", widget.en as Record<string, string>, widget.zh as Record<string, string>],
])("the catalogues of the %s", (name, en, zh) => {
  test("have the same keys", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  test("have the same blanks to fill in", () => {
    const differ = Object.keys(en).filter((key) => blanks(en[key]!).join() !== blanks(zh[key]!).join());
    expect(differ).toEqual([]);
  });

  test("leave nothing empty and nothing untranslated", () => {
    const same = Object.keys(en).filter((key) => !SAME.has(key) && (en[key] === zh[key] || !en[key]!.trim() || !zh[key]!.trim()));
    expect(same).toEqual([]);
  });

  test("speak Chinese in the one and no Chinese in the other, but for the switch between them", () => {
    const chinese = /\p{Script=Han}/u;
    const switches = ["nav.language", "head.language"];
    const strange = Object.keys(en).filter((key) => !switches.includes(key) && (chinese.test(en[key]!) || !chinese.test(zh[key]!)));
    expect(strange).toEqual([]);
  });

  test("hold nothing that no page says", () => {
    const text = source(name);
    const families = [...text.matchAll(/(?:t\(`|word\(")(\w+)[.",`]/g)].map((found) => `${found[1]!}.`);
    const unused = Object.keys(en).filter((key) => !text.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)));
    expect(unused).toEqual([]);
  });

  test("hold every word that stands in the pages, which have none of their own", () => {
    const bare = [...source(name).matchAll(/<(?:p|h[1-6]|button|span|strong|label|th|dt|option)\b[^>{}]*>([^<>{}]*\p{L}{2,}[^<>{}]*)</gu)].map((found) => found[1]!.trim());
    expect(bare).toEqual([]);
    expect(/\p{Script=Han}/u.test(source(name))).toBe(false);
  });
});
