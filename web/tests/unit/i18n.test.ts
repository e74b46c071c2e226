import { afterEach, expect, test } from "vitest";
import { fill, language, preferred, translator, wordOf } from "../../src/shared/i18n";
import { ago, percent } from "../../src/shared/time";

afterEach(() => void (language.value = "en"));

test.each([
  [["zh-TW", "en"], "zh"],
  [["fr-FR", "zh-CN", "en-GB"], "zh"],
  [["en-GB", "zh"], "en"],
  [["de"], "en"],
  [[], "en"],
] as [string[], string][])("%j prefers %s", (languages, expected) => {
  expect(preferred(languages)).toBe(expected);
});

test("blanks are filled, and one without a value stays to be seen", () => {
  expect(fill("{n} of {all}", { n: 3 })).toBe("3 of {all}");
});

test("words follow the language", () => {
  const t = translator({ en: { hello: "Hello {name}" }, zh: { hello: "你好，{name}" } });
  expect(t("hello", { name: "王芳" })).toBe("Hello 王芳");
  language.value = "zh";
  expect(t("hello", { name: "王芳" })).toBe("你好，王芳");
});

test("a word of a team's own is shown as they wrote it", () => {
  const word = wordOf({ en: { "intent.refund": "Refund" }, zh: { "intent.refund": "退款" } });
  expect(word("intent", "refund")).toBe("Refund");
  expect(word("intent", "warranty_case")).toBe("warranty case");
  expect(word("intent", null)).toBe("");
});

test("times and numbers follow the language", () => {
  const now = Date.parse("2026-11-27T12:00:00Z");
  expect(ago("2026-11-27T11:55:00Z", now)).toContain("5 min");
  language.value = "zh";
  expect(ago("2026-11-27T11:55:00Z", now)).toContain("5分钟前");
  expect(ago("2026-11-26T11:00:00Z", now)).toContain("昨天");
  expect(ago("2026-10-01T11:00:00Z", now)).toContain("2026年10月1日");
  expect(percent(0.865)).toBe("87%");
});
