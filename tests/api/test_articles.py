"""Help articles as staff write them."""

from typing import Any

import pytest

from tests.api.test_tickets import problem
from tests.api.world import World

ARTICLES = "/api/v1/articles"
IMPORTS = "/api/v1/article-imports"
NEW = {
    "slug": "gift-cards",
    "language": "zh",
    "title": "礼品卡能退款吗",
    "category": "billing",
    "body": "礼品卡不支持退款。",
}
WORDS = {"title": "礼品卡", "category": "billing", "body": "礼品卡可以退款。"}


@pytest.fixture
def world() -> World:
    return World()


def test_a_new_article_is_a_draft_that_only_staff_see(world: World) -> None:
    answer = world.call("POST", ARTICLES, NEW, "agent")
    made = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert (made["status"], made["published_version"], made["written_by"]) == ("draft", None, world.ids["agent"])
    assert world.ok("GET", f"{ARTICLES}/{made['id']}", who="colleague") == made
    assert problem(world.call("GET", f"{ARTICLES}/{made['id']}", who="customer")) == (403, "forbidden")
    assert problem(world.call("GET", f"{ARTICLES}/{made['id']}/versions/1", who="customer")) == (404, "not_found")
    assert problem(world.call("GET", "/api/v1/help/articles/gift-cards")) == (404, "not_found")


def test_a_repeated_creation_answers_byte_for_byte(world: World) -> None:
    first = world.call("POST", ARTICLES, NEW, "agent", Idempotency_Key="k")
    world.ok("PUT", f"{ARTICLES}/{first.json()['id']}", WORDS, "agent")
    again = world.call("POST", ARTICLES, NEW, "agent", Idempotency_Key="k")
    assert (again.status_code, again.content) == (201, first.content)
    reused = world.call("POST", ARTICLES, NEW | {"slug": "other"}, "agent", Idempotency_Key="k")
    assert problem(reused) == (409, "idempotency_key_reused")


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "已有使用此 slug 的文章"), ("en", "with this slug")])
def test_an_address_is_given_once_a_language(world: World, language: str, words: str) -> None:
    world.ok("POST", ARTICLES, NEW, "agent")
    refused = world.call("POST", ARTICLES, NEW, "colleague", Accept_Language=language)
    assert problem(refused) == (409, "slug_taken")
    assert words in refused.json()["detail"]
    assert world.ok("POST", ARTICLES, NEW | {"language": "en", "title": "Gift cards"}, "agent")["slug"] == "gift-cards"


def test_customers_write_nothing_and_agents_do_not_publish(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    for method, where, body in [
        ("POST", ARTICLES, NEW),
        ("POST", IMPORTS, {"articles": [NEW]}),
        ("PUT", path, WORDS),
        ("GET", ARTICLES, None),
        ("GET", f"{path}/versions", None),
    ]:
        assert problem(world.call(method, where, body, "customer")) == (403, "forbidden")
    for who in ("customer", "agent"):
        assert problem(world.call("POST", f"{path}/publication", who=who)) == (403, "forbidden")
        assert problem(world.call("DELETE", path, who=who)) == (403, "forbidden")
    assert world.ok("GET", path, who="agent")["version"] == 1


def test_publishing_puts_the_newest_words_before_customers_and_the_assistant(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    published = world.call("POST", f"{path}/publication", who="admin", If_Match='"1"')
    told = published.json()
    assert (told["status"], told["version"], told["published_version"]) == ("published", 2, 2)
    assert (told["written_by"], told["published_by"]) == (world.ids["agent"], world.ids["admin"])
    assert published.headers["etag"] == '"2"'
    assert world.ok("GET", "/api/v1/help/articles/gift-cards")["body"] == "礼品卡不支持退款。\n"
    answer = world.ok("POST", "/api/v1/ai/chat", {"message": "礼品卡支持退款吗？"}, "customer")
    assert answer["citations"][0]["article_id"] == told["id"]
    assert world.ok("POST", f"{path}/publication", who="admin")["version"] == 2


def test_an_edit_is_a_draft_beside_what_is_published(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    world.ok("POST", f"{path}/publication", who="admin")
    draft = world.ok("PUT", path, WORDS, "colleague", If_Match='"2"')
    assert (draft["status"], draft["version"], draft["published_version"]) == ("draft", 3, 2)
    assert (draft["written_by"], draft["published_by"]) == (world.ids["colleague"], None)
    assert "不支持" in world.ok("GET", "/api/v1/help/articles/gift-cards")["body"]
    world.ok("POST", f"{path}/publication", who="admin")
    assert "不支持" not in world.ok("GET", "/api/v1/help/articles/gift-cards")["body"]


def test_a_change_from_a_stale_version_is_refused(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    world.ok("PUT", path, WORDS, "agent", If_Match='"1"')
    for method, where, body in [("PUT", path, WORDS), ("POST", f"{path}/publication", None), ("DELETE", path, None)]:
        assert problem(world.call(method, where, body, "admin", If_Match='"1"')) == (412, "stale_version")
        assert problem(world.call(method, where, body, "admin", If_Match="1")) == (400, "invalid_header")
    assert world.ok("GET", path, who="agent")["version"] == 2


def test_the_same_words_make_no_version(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    same = {name: NEW[name] for name in WORDS} | {"body": "\r\n礼品卡不支持退款。\r\n\r\n"}
    assert world.ok("PUT", path, same, "colleague")["version"] == 1


def test_an_archived_article_is_gone_from_customers_and_comes_back_as_a_draft(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    world.ok("POST", f"{path}/publication", who="admin")
    archived = world.ok("DELETE", path, who="admin", If_Match='"2"')
    assert (archived["status"], archived["version"], archived["published_version"]) == ("archived", 3, None)
    assert world.ok("DELETE", path, who="admin")["version"] == 3
    assert problem(world.call("GET", "/api/v1/help/articles/gift-cards")) == (404, "not_found")
    refused = world.call("POST", f"{path}/publication", who="admin", Accept_Language="zh")
    assert problem(refused) == (409, "article_archived")
    assert "已归档" in refused.json()["detail"]
    assert world.ok("PUT", path, WORDS, "agent")["status"] == "draft"
    assert world.ok("POST", f"{path}/publication", who="admin")["published_version"] == 5


def test_a_version_that_was_published_is_read_as_it_was(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    published = world.ok("POST", f"{path}/publication", who="admin")
    world.ok("PUT", path, WORDS, "agent")
    world.ok("DELETE", path, who="admin")
    assert world.ok("GET", f"{path}/versions/2", who="agent") == published
    nameless = published | {"written_by": None, "published_by": None, "updated_by": None}
    assert world.ok("GET", f"{path}/versions/2", who="customer") == nameless
    for number in (1, 3, 4, 5):
        assert problem(world.call("GET", f"{path}/versions/{number}", who="customer")) == (404, "not_found")
    assert problem(world.call("GET", f"{path}/versions/5", who="agent")) == (404, "not_found")
    assert problem(world.call("GET", f"{path}/versions/0", who="agent")) == (422, "invalid_content")


def test_a_citation_leads_to_the_version_it_quotes(world: World) -> None:
    cited = world.ok("POST", "/api/v1/ai/chat", {"message": "怎么申请退款？"}, "customer")["citations"][0]
    path = f"{ARTICLES}/{cited['article_id']}/versions/{cited['article_version']}"
    assert cited["quote"] in world.ok("GET", path, who="customer")["body"]


def test_versions_tell_who_did_what_and_when(world: World) -> None:
    path = f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}"
    world.ok("POST", f"{path}/publication", who="admin")
    world.ok("PUT", path, WORDS, "colleague")
    first = world.ok("GET", f"{path}/versions?limit=2", who="agent")
    rest = world.ok("GET", f"{path}/versions?limit=2&cursor={first['next_cursor']}", who="agent")
    told = [(one["version"], one["status"], one["updated_by"]) for one in first["items"] + rest["items"]]
    who = world.ids
    assert told == [(3, "draft", who["colleague"]), (2, "published", who["admin"]), (1, "draft", who["agent"])]
    assert (rest["next_cursor"], "body" in first["items"][0]) == (None, False)
    missing = f"{ARTICLES}/art_{'0' * 26}/versions"
    assert problem(world.call("GET", missing, who="agent")) == (404, "not_found")
    wrong = world.call("GET", f"{ARTICLES}?cursor={first['next_cursor']}", who="agent")
    assert problem(wrong) == (400, "invalid_cursor")


def test_lists_are_narrowed_and_walked(world: World) -> None:
    ids = [world.article(slug=f"s{n}", language=language)["id"] for n in range(2) for language in ("zh", "en")]
    found: list[Any] = []
    query = "status=draft&category=billing&limit=3"
    page = world.ok("GET", f"{ARTICLES}?{query}", who="agent")
    found += page["items"]
    page = world.ok("GET", f"{ARTICLES}?{query}&cursor={page['next_cursor']}", who="agent")
    found += page["items"]
    assert ({one["id"] for one in found}, page["next_cursor"]) == (set(ids), None)
    assert len(world.ok("GET", f"{ARTICLES}?slug=s1", who="agent")["items"]) == 2
    assert len(world.ok("GET", f"{ARTICLES}?limit=100&status=published", who="agent")["items"]) == 30
    assert world.ok("GET", f"{ARTICLES}?status=draft&language=en&slug=s0", who="agent")["items"][0]["slug"] == "s0"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"slug": "Gift Cards"}, "/slug"),
        ({"slug": "x" * 81}, "/slug"),
        ({"language": "fr"}, "/language"),
        ({"title": "题" * 201}, "/title"),
        ({"title": " "}, "/title"),
        ({"body": ""}, "/body"),
        ({"body": "文" * 40_001}, "/body"),
        ({"body": "a\0b"}, "/body"),
        ({"category": "Über"}, "/category"),
        ({"status": "published"}, "/status"),
    ],
)
def test_faults_of_an_article_point_at_the_field(
    world: World, change: dict[str, Any], pointer: str, language: str
) -> None:
    refused = world.call("POST", ARTICLES, NEW | change, "agent", Accept_Language=language)
    assert problem(refused) == (422, "invalid_content")
    (fault,) = refused.json()["errors"]
    assert fault["pointer"] == pointer
    assert any("\u4e00" <= letter <= "\u9fff" for letter in fault["detail"]) == (language == "zh-CN")


def test_an_edit_is_whole(world: World) -> None:
    path = f"{ARTICLES}/{world.article()['id']}"
    for name in WORDS:
        partial = {other: value for other, value in WORDS.items() if other != name}
        assert problem(world.call("PUT", path, partial, "agent")) == (422, "invalid_content")
    assert problem(world.call("PUT", path, WORDS | {"slug": "other"}, "agent")) == (422, "invalid_content")


def test_an_import_creates_updates_and_leaves_alone(world: World) -> None:
    others = [NEW | {"slug": "second"}, NEW | {"language": "en", "title": "Gift cards"}]
    body = {"articles": [NEW, *others], "publish": True}
    first = world.ok("POST", IMPORTS, body, "admin")["items"]
    assert [(one["outcome"], one["status"], one["version"]) for one in first] == [("created", "published", 2)] * 3
    body["articles"] = [NEW | {"body": "改"}, *others]
    again = world.ok("POST", IMPORTS, body, "admin")["items"]
    assert [(one["outcome"], one["version"]) for one in again] == [("updated", 4), ("unchanged", 2), ("unchanged", 2)]
    assert world.ok("GET", "/api/v1/help/articles/gift-cards?language=zh")["body"] == "改\n"


def test_an_import_by_an_agent_makes_drafts(world: World) -> None:
    refused = world.call("POST", IMPORTS, {"articles": [NEW], "publish": True}, "agent")
    assert problem(refused) == (403, "forbidden")
    made = world.ok("POST", IMPORTS, {"articles": [NEW]}, "agent")["items"][0]
    assert (made["outcome"], made["status"]) == ("created", "draft")
    later = world.ok("POST", IMPORTS, {"articles": [NEW], "publish": True}, "admin")["items"][0]
    assert (later["outcome"], later["status"]) == ("updated", "published")


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "已归档"), ("en", "archived")])
def test_an_import_does_not_undo_that_something_was_archived(world: World, language: str, words: str) -> None:
    world.ok("DELETE", f"{ARTICLES}/{world.ok('POST', ARTICLES, NEW, 'agent')['id']}", who="admin")
    body = {"articles": [NEW, NEW | {"slug": "fine"}]}
    refused, made = world.ok("POST", IMPORTS, body, "agent", Accept_Language=language)["items"]
    assert (refused["outcome"], refused["code"], refused["article_id"]) == ("refused", "article_archived", None)
    assert words in refused["detail"]
    assert made["outcome"] == "created"


def test_an_import_points_at_the_article_that_is_wrong(world: World) -> None:
    before = world.state()
    body = {"articles": [NEW, NEW | {"slug": "No", "extra": 1}]}
    faults = world.call("POST", IMPORTS, body, "agent").json()["errors"]
    assert {fault["pointer"] for fault in faults} == {"/articles/1/slug", "/articles/1/extra"}
    for articles in ([], [NEW] * 51):
        refused = world.call("POST", IMPORTS, {"articles": articles}, "agent")
        assert refused.json()["errors"][0]["pointer"] == "/articles"
    assert world.state() == before
