import type { VNode } from "preact";
import { expect, test } from "vitest";
import { blocksOf, inline, isSafe } from "../../src/shared/markdown";

test("headings, lists and paragraphs are told apart", () => {
  const text = "Before.\n\n## How\n\n1. One **bold** thing\n   goes on\n2. Two\n\n- a\n- b\n\n> said\n\n```\nx < 1\n```";
  expect(blocksOf(text)).toEqual([
    { kind: "text", text: "Before." },
    { kind: "heading", level: 2, text: "How" },
    { kind: "list", ordered: true, items: ["One **bold** thing goes on", "Two"] },
    { kind: "list", ordered: false, items: ["a", "b"] },
    { kind: "quote", text: "said" },
    { kind: "code", text: "x < 1" },
  ]);
});

test("a list may follow a paragraph without a line between", () => {
  expect(blocksOf("Steps:\n1. One").map((block) => block.kind)).toEqual(["text", "list"]);
});

test("marks inside a line become elements, and tags stay text", () => {
  const parts = inline("a **b** *c* `d` <img src=x onerror=alert(1)> [e](https://example.com)").filter((part) => part !== "");
  const tags = parts.map((part) => (typeof part === "object" ? (part as VNode).type : part));
  expect(tags).toEqual(["a ", "strong", " ", "em", " ", "code", " <img src=x onerror=alert(1)> ", "a"]);
});

test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x", "JaVaScRiPt:x"])("%s is no link", (address) => {
  expect(isSafe(address)).toBe(false);
  expect(inline(`[x](${address})`).some((part) => typeof part === "object")).toBe(false);
});

test("every character of an article is shown somewhere, whatever it holds", () => {
  for (const odd of ["", "\n\n", "```", "***", "**", "[", "](", "1.", "- ", "> ", "#", "######## x"]) expect(() => blocksOf(odd).flatMap((block) => ("text" in block ? inline(block.text) : []))).not.toThrow();
});
