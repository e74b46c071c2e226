import type { ComponentChildren } from "preact";

/**
 * Articles as elements, never as HTML text: whatever an article says, nothing in it can become a tag. A subset of
 * Markdown that our articles use; what it does not know is shown as it was written.
 */
type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "code"; text: string }
  | { kind: "quote" | "text"; text: string };

const ITEM = /^\s*(?:([-*+])|(\d+)[.)、])\s+(.*)$/;

export function blocksOf(markdown: string): Block[] {
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const [block, next] = blockAt(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  return blocks;
}

function blockAt(lines: string[], at: number): [Block | null, number] {
  const line = lines[at] ?? "";
  if (!line.trim()) return [null, at + 1];
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) return [{ kind: "heading", level: heading[1]!.length, text: heading[2]! }, at + 1];
  if (line.startsWith("```")) {
    const end = lines.findIndex((other, place) => place > at && other.startsWith("```"));
    const stop = end < 0 ? lines.length : end;
    return [{ kind: "code", text: lines.slice(at + 1, stop).join("\n") }, stop + 1];
  }
  if (ITEM.test(line)) return listAt(lines, at);
  const kind = line.startsWith(">") ? "quote" : "text";
  let end = at;
  while (end < lines.length && lines[end]!.trim() && !(end > at && starts(lines[end]!))) end++;
  const text = lines.slice(at, end).map((one) => (kind === "quote" ? one.replace(/^>\s?/, "") : one));
  return [{ kind, text: text.join("\n") }, end];
}

const starts = (line: string): boolean => ITEM.test(line) || /^(#{1,6}\s|```)/.test(line);

function listAt(lines: string[], at: number): [Block, number] {
  const ordered = ITEM.exec(lines[at]!)?.[2] !== undefined;
  const items: string[] = [];
  let end = at;
  for (; end < lines.length && lines[end]!.trim(); end++) {
    const item = ITEM.exec(lines[end]!);
    if (item) items.push(item[3]!);
    else if (/^\s/.test(lines[end]!)) items.push(`${items.pop() ?? ""} ${lines[end]!.trim()}`);
    else break;
  }
  return [{ kind: "list", ordered, items }, end];
}

const INLINE = /(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|`[^`]+`|\[[^\]]+\]\([^)\s]+\))/;

export function inline(text: string): ComponentChildren[] {
  return text.split(INLINE).map((part) => {
    if (/^\*\*.+\*\*$/.test(part)) return <strong>{part.slice(2, -2)}</strong>;
    if (/^\*[^*]+\*$/.test(part)) return <em>{part.slice(1, -1)}</em>;
    if (/^`.+`$/.test(part)) return <code>{part.slice(1, -1)}</code>;
    const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part);
    return link ? linked(link[1]!, link[2]!) : part;
  });
}

/** Only addresses of the web and of this site become links. */
export const isSafe = (address: string): boolean => /^(https?:\/\/|\/(?!\/)|mailto:|#)/i.test(address);

function linked(label: string, address: string): ComponentChildren {
  if (!isSafe(address)) return label;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  );
}

/** `top`: the level that the first level of headings is shown at. */
export function Markdown({ text, top = 3 }: { text: string; top?: number }) {
  return (
    <div class="prose">
      {blocksOf(text).map((block) => {
        if (block.kind === "heading") {
          const Tag = `h${Math.min(6, Math.max(top, block.level + top - 2))}` as "h3";
          return <Tag>{inline(block.text)}</Tag>;
        }
        if (block.kind === "list") {
          const Tag = block.ordered ? "ol" : "ul";
          return (
            <Tag>
              {block.items.map((item) => (
                <li>{inline(item)}</li>
              ))}
            </Tag>
          );
        }
        if (block.kind === "code") return <pre tabIndex={0}>{block.text}</pre>;
        return block.kind === "quote" ? <blockquote>{inline(block.text)}</blockquote> : <p>{inline(block.text)}</p>;
      })}
    </div>
  );
}
