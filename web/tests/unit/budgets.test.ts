import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const DIST = new URL("../../dist/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, DIST), "utf8");
const packed = (name: string): number => gzipSync(readFileSync(new URL(name, DIST))).length;

/** A page and all it loads at first: its scripts and styles, and what those import. */
function firstLoad(page: string): string[] {
  const wanted = new Set([page]);
  for (const name of wanted) {
    for (const found of read(name).matchAll(/(?:src|href)="\/(assets\/[^"]+)"|from\s*"\.\/([^"]+)"|import\s*"\.\/([^"]+)"/g)) wanted.add(found[1] ?? `assets/${found[2] ?? found[3]}`);
  }
  return [...wanted];
}

const kilobytes = (names: string[]): number => names.reduce((sum, name) => sum + packed(name), 0) / 1024;

test("the pages were built", () => {
  expect(existsSync(DIST), "make web").toBe(true);
});

test.each([
  ["loader.js", 3, 0.8],
  ["widget/index.html", 25, 15],
  ["console/index.html", 120, 25],
])("%s stays within %i KB gzipped", (page, most, least) => {
  const size = kilobytes(firstLoad(page));
  expect(size).toBeLessThanOrEqual(most);
  // A sum that is too small has missed what the page loads.
  expect(size).toBeGreaterThan(least);
});

test("no page runs anything but files", () => {
  for (const page of ["console/index.html", "widget/index.html"]) {
    expect(read(page)).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(read(page)).not.toMatch(/\son\w+=|<style|\sstyle=/);
  }
});

test("nothing that is built names an address elsewhere", () => {
  const scripts = readdirSync(new URL("assets/", DIST)).map((name) => `assets/${name}`);
  // The names of SVG and MathML are no addresses: nobody goes there.
  const foreign = [...scripts, "loader.js"].flatMap((name) => [...read(name).matchAll(/https?:\/\/(?!www\.w3\.org\/)[\w.-]+/g)].map((found) => `${name} ${found[0]}`));
  expect(foreign).toEqual([]);
});
