"""The API reference: one page of plain HTML made from the OpenAPI description."""

import json
from html import escape
from typing import Any

from shared.kernel.texts import Language

STYLE = """
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #8886;padding:1rem 0}h2 code{font-size:1rem}b{display:inline-block;min-width:4.5rem}
pre{overflow:auto;background:#8882;padding:.75rem;border-radius:.4rem}details summary{cursor:pointer}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "lang": "en",
        "title": "API reference",
        "auth": "Needs a bearer token.",
        "body": "Request body",
        "answer": "Answer",
        "parameters": "Parameters",
        "raw": "OpenAPI document",
        "public": "Open to everyone.",
    },
    "zh": {
        "lang": "zh-CN",
        "title": "API 参考",
        "auth": "需要 Bearer 令牌。",
        "body": "请求正文",
        "answer": "响应",
        "parameters": "参数",
        "raw": "OpenAPI 文档",
        "public": "无需登录。",
    },
}


def page_of(description: dict[str, Any], language: Language) -> str:
    """The whole page."""
    words = WORDS[language]
    operations = [
        _operation(method, path, operation, description, words)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    title = f"{escape(description['info']['title'])} · {words['title']}"
    return (
        f'<!doctype html><html lang="{words["lang"]}"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style><main><h1>{title}</h1>'
        f'<p><a href="/api/v1/openapi.json">{words["raw"]}</a></p>{"".join(operations)}</main></html>'
    )


def _operation(method: str, path: str, operation: dict[str, Any], whole: dict[str, Any], words: dict[str, str]) -> str:
    access = words["auth"] if operation.get("security") else words["public"]
    text = escape(operation.get("description", ""))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    answer = answers[0].get("content", {}).get("application/json", {}).get("schema") if answers else None
    parameters = [
        f"<li><code>{escape(one['name'])}</code> ({one['in']})</li>" for one in operation.get("parameters", [])
    ]
    listed = f"<p>{words['parameters']}</p><ul>{''.join(parameters)}</ul>" if parameters else ""
    return (
        f"<article><h2><b>{method.upper()}</b> <code>{escape(path)}</code></h2>"
        f"<p>{escape(operation['summary'])}. {access}</p><p>{text}</p>{listed}"
        f"{_schema(words['body'], body, whole)}{_schema(words['answer'], answer, whole)}</article>"
    )


def _schema(label: str, schema: dict[str, Any] | None, whole: dict[str, Any]) -> str:
    if not schema:
        return ""
    name = schema.get("$ref", "").rpartition("/")[2]
    shown = whole["components"]["schemas"][name] if name else schema
    text = escape(json.dumps(shown, indent=2, ensure_ascii=False))
    return f"<details><summary>{label} {escape(name)}</summary><pre>{text}</pre></details>"
