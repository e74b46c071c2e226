"""The pages beside the API: what `make web` built, and the help centre, which needs no script."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from shared.adapters.markdown.html import to_html, to_text
from shared.config import RealtimeSettings
from shared.kernel.errors import DomainError, NotFound
from shared.kernel.texts import Language, preferred_language
from shared.kernel.wiring import Wiring
from shared.web.help_pages import HelpPages, style_hash
from shared.web.help_words import WORDS
from shared.web.limits import POLICIES, RateLimited
from shared.web.problems import STATUS
from shared.web.static_pages import COMMON, policy_of, read_assets, static_routes

BUILT = Path(__file__).parents[2] / "web" / "dist"
MOST_SHOWN = 500
MOST_FOUND = 10
Page = Callable[[Request, Language], str]


def page_routes(wiring: Wiring, settings: RealtimeSettings, built: Path = BUILT, most: int = MOST_SHOWN) -> list[Route]:
    """Routes of the container alone; in AWS the built files come from a bucket. At most `most` articles are listed."""
    help_centre = HelpRoutes(wiring, most)
    return [
        Route("/", _to_help),
        Route("/console", _to_console),
        Route("/help", help_centre.index),
        Route("/help/search", help_centre.search),
        Route("/help/{slug}", help_centre.article),
        *static_routes(read_assets(built, _origin(settings.public_ws_url))),
    ]


async def _to_help(request: Request) -> Response:
    return RedirectResponse("/help", headers={"Cache-Control": "no-cache"})


async def _to_console(request: Request) -> Response:
    return RedirectResponse("/console/", headers={"Cache-Control": "no-cache"})


def _origin(address: str | None) -> str:
    parts = urlsplit(address or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


class HelpRoutes:
    """Each of them runs in the thread pool: the store and the search block."""

    def __init__(self, wiring: Wiring, most: int) -> None:
        self._wiring = wiring
        self._most = most
        self._pages = HelpPages(to_html, to_text)
        policy = policy_of("'none'", style=style_hash())
        self._headers = {**COMMON, "Content-Security-Policy": policy, "Vary": "Accept-Language"}

    def index(self, request: Request) -> Response:
        """Articles by category."""

        def page(request: Request, language: Language) -> str:
            shown = self._wiring.resolve("help_centre").page(language, None, self._most, None)
            return self._pages.index(shown.items, language, more=shown.next is not None)

        return self._answer(request, page)

    def article(self, request: Request) -> Response:
        """One article."""

        def page(request: Request, language: Language) -> str:
            return self._pages.article(
                self._wiring.resolve("help_centre").read(request.path_params["slug"], language), language
            )

        return self._answer(request, page)

    def search(self, request: Request) -> Response:
        """What fits the words; without words, every article."""
        query = request.query_params.get("q", "").strip()[:200]
        if not query:
            return self.index(request)

        def page(request: Request, language: Language) -> str:
            found = self._wiring.resolve("help_search").search(query, language, MOST_FOUND)
            return self._pages.results(query, found, language)

        return self._answer(request, page)

    def _answer(self, request: Request, page: Page) -> Response:
        language = _language(request)
        headers = {**self._headers, "Content-Language": WORDS[language]["lang"], "Cache-Control": "public, max-age=60"}
        status = 200
        try:
            self._take(request)
            text = page(request, language)
        except DomainError as error:
            status = STATUS[error.kind]
            headers["Cache-Control"] = "no-store"
            title = WORDS[language]["not_found" if isinstance(error, NotFound) else "error"]
            text = self._pages.refusal(title, error.detail(language), language)
        return Response(text, status, headers, "text/html; charset=utf-8")

    def _take(self, request: Request) -> None:
        policy = POLICIES["help"]
        limit = policy.limit * int(self._wiring.resolve("limits_scale"))
        who = request.client.host if request.client else "unknown"
        quota = self._wiring.resolve("rate_limiter").take(f"help:{who}", limit, policy.window)
        if not quota.allowed:
            raise RateLimited(retry_after=max(1, int(-(-quota.reset // 1))))


def _language(request: Request) -> Language:
    asked = request.query_params.get("language")
    if asked == "zh":
        return "zh"
    return "en" if asked == "en" else preferred_language(request.headers.get("accept-language"))
