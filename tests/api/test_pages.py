"""The pages beside the API: what was built, and the help centre without JavaScript."""

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from functions.container.pages import page_routes
from shared.config import RealtimeSettings
from shared.web.help_words import WORDS
from shared.web.limits import POLICIES
from tests.api.world import World

FILES = {
    "console/index.html": "<!doctype html><title>Console</title>",
    "widget/index.html": "<!doctype html><title>Widget</title>",
    "assets/console-abc123.js": "console.log('ours')" * 50,
    "assets/tokens-def456.css": "body{margin:0}",
    "loader.js": "start()",
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def client(built: Path, world: World | None = None, **settings: Any) -> TestClient:
    routes = page_routes((world or World()).wired, RealtimeSettings(**settings), built)
    return TestClient(Starlette(routes=routes), follow_redirects=False, client=("192.0.2.1", 50000))


def test_hashed_files_are_kept_for_good_and_pages_are_asked_for_again(built: Path) -> None:
    pages = client(built)
    assert pages.get("/assets/console-abc123.js").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert pages.get("/console/").headers["cache-control"] == "no-cache"
    assert pages.get("/loader.js").headers["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/console/", "text/html; charset=utf-8"),
        ("/assets/console-abc123.js", "text/javascript; charset=utf-8"),
        ("/assets/tokens-def456.css", "text/css; charset=utf-8"),
    ],
)
def test_every_file_says_what_it_is(built: Path, path: str, kind: str) -> None:
    answer = client(built).get(path)
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_a_browser_has_is_not_sent_again_and_what_it_gets_is_packed(built: Path) -> None:
    pages = client(built)
    first = pages.get("/assets/console-abc123.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert first.text == FILES["assets/console-abc123.js"]
    again = pages.get("/assets/console-abc123.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_what_was_built_is_served(built: Path) -> None:
    (built.parent / "secret.txt").write_text("no")
    pages = client(built)
    for path in ("/assets/nothing.js", "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/secret.txt"):
        assert pages.get(path).status_code == 404


def test_scripts_of_ours_run_and_no_others_and_only_the_widget_is_framed(built: Path) -> None:
    pages = client(built, public_ws_url="wss://sockets.example.com/ws")
    console = pages.get("/console/").headers["content-security-policy"]
    widget = pages.get("/widget/").headers["content-security-policy"]
    for policy in (console, widget, pages.get("/help").headers["content-security-policy"]):
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in console
    assert "frame-ancestors *" in widget
    assert "connect-src 'self' wss://sockets.example.com;" in console


def test_without_a_build_the_pages_say_what_to_do_and_the_help_centre_works(tmp_path: Path) -> None:
    pages = client(tmp_path / "nothing")
    answer = pages.get("/console/")
    assert answer.status_code == 503
    assert "make web" in answer.text
    assert "尚未构建" in answer.text
    assert pages.get("/help").status_code == 200


def test_the_front_door_is_the_help_centre(built: Path) -> None:
    assert client(built).get("/").headers["location"] == "/help"
    assert client(built).get("/console").headers["location"] == "/console/"


@pytest.mark.parametrize(
    ("language", "title", "other"), [("zh", "退款政策", "English"), ("en", "Refund policy", "中文")]
)
def test_articles_are_listed_read_and_found_in_both_languages(
    built: Path, language: str, title: str, other: str
) -> None:
    pages = client(built)
    listed = pages.get(f"/help?language={language}")
    assert title in listed.text
    assert listed.headers["content-language"] == ("zh-CN" if language == "zh" else "en")
    article = pages.get(f"/help/refund-policy?language={language}")
    assert f"<h1>{title}</h1>" in article.text
    assert other in article.text
    found = pages.get("/help/search", params={"q": title, "language": language})
    assert f"/help/refund-policy?language={language}" in found.text


def test_the_reader_s_browser_chooses_the_language(built: Path) -> None:
    assert '<html lang="zh-CN">' in client(built).get("/help", headers={"Accept-Language": "zh-TW"}).text


def test_what_is_searched_for_and_what_is_written_cannot_become_markup(built: Path) -> None:
    world = World()
    attack = '"><script>alert(1)</script>'
    body = {"title": attack, "slug": "attack", "language": "en", "body": f"Refund {attack}"}
    article = world.article(**body)
    world.ok("POST", f"/api/v1/articles/{article['id']}/publication", who="admin")
    pages = client(built, world)
    for path in (
        "/help?language=en",
        "/help/attack?language=en",
        "/help/search?language=en&q=%22%3E%3Cscript%3Ealert(1)",
    ):
        assert "<script>alert" not in pages.get(path).text


def test_a_draft_and_what_was_never_there_answer_alike(built: Path) -> None:
    world = World()
    world.article(slug="draft-only")
    pages = client(built, world)
    hidden, missing = (pages.get(f"/help/{slug}?language=en") for slug in ("draft-only", "never-there"))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.text == missing.text


def test_an_article_without_a_translation_comes_in_the_other_language_and_says_so(built: Path) -> None:
    world = World()
    article = world.article(slug="only-chinese", language="zh")
    world.ok("POST", f"/api/v1/articles/{article['id']}/publication", who="admin")
    text = client(built, world).get("/help/only-chinese?language=en").text
    assert WORDS["en"]["only_other"] in text
    assert '<article lang="zh-CN">' in text


def test_who_asks_too_often_is_told_so(built: Path) -> None:
    world = World(scale=1)
    pages = client(built, world)
    statuses = [pages.get("/help").status_code for _ in range(POLICIES["help"].limit + 1)]
    assert set(statuses[:-1]) == {200}
    assert statuses[-1] == 429


def test_the_two_catalogues_hold_the_same_words() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for key, text in WORDS["en"].items():
        assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", WORDS["zh"][key])
        assert text != WORDS["zh"][key]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_listed_is_said(built: Path, language: Any) -> None:
    assert WORDS[language]["more"] not in client(built).get(f"/help?language={language}").text
    routes = page_routes(World().wired, RealtimeSettings(), built, most=3)
    page = TestClient(Starlette(routes=routes)).get(f"/help?language={language}").text
    assert WORDS[language]["more"] in page
    assert page.count("<li>") == 3
