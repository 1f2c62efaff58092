"""What the public pages share: the languages, the words, the files that the browser keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates
from starlette.types import Scope

from jalon.conversation.compose import Composer
from jalon.dates import in_words
from jalon.languages import REFERENCE, Language, live_languages, read_languages
from jalon.links import line_of
from jalon.typography import isolated

STATIC = Path(__file__).parent / "static"
PAGES = Jinja2Templates(Path(__file__).parent / "templates")


@dataclass(frozen=True)
class Site:
    """The public pages' view of the assistant.

    Attributes:
        data: the folder of the languages and the phrases.
        composer_in: composes in a language, for today.
        public_url: how people reach the server; empty: as the request says.
        exit_url: the harmless page that "leave" opens.
        hours: how long the state of a conversation is kept.
    """

    data: Path
    composer_in: Callable[[str], Composer]
    public_url: str
    exit_url: str
    hours: int

    @property
    def known(self) -> dict[str, Language]:
        """Every language by its code."""
        return read_languages(self.data / "languages.yml")

    def language(self, request: Request) -> Language:
        """The page's language: the one in the address, otherwise the first live one that the browser asks for.

        A draft can be named in an address, so that staff can read it; it is never chosen for anybody.
        """
        asked = request.query_params.get("lang", "")
        if self.has_words(asked):
            return self.known[asked]
        live = live_languages(self.data)
        wanted = (
            each.split(";")[0].strip()[:2].lower() for each in request.headers.get("Accept-Language", "").split(",")
        )
        return live[next((code for code in wanted if code in live), REFERENCE)]

    def has_words(self, code: str) -> bool:
        """Whether a page can be shown in the language, live or draft."""
        return code in self.known and (self.data / "phrases" / f"{code}.yml").exists()

    def offered(self, shown: Language) -> list[Language]:
        """The languages to choose from: the live ones, and the one that is shown."""
        return list({**live_languages(self.data), shown.code: shown}.values())

    def address(self, request: Request, path: str) -> str:
        """The whole address of a path, for paper."""
        return f"{self.public_url or str(request.base_url).rstrip('/')}{path}"

    def page(self, request: Request, template: str, **names: Any) -> Response:
        """A page in the language of the request."""
        language = self.language(request)
        composer = self.composer_in(language.code)
        shared = {
            "language": language,
            "languages": self.offered(language),
            "composer": composer,
            "labels": composer.phrases.labels,
            "words": composer.phrases.words,
            "exit_url": self.exit_url,
        }
        return PAGES.TemplateResponse(request, template, {**shared, **names}, headers={"Vary": "Accept-Language"})


@lru_cache(maxsize=1)
def version() -> str:
    """A name for the present static files: a changed file changes every address, so that no two versions mix."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file."""
    return f"/static/{version()}/{name}"


PAGES.env.globals["asset"] = asset
PAGES.env.filters["line"] = lambda line: line_of(*line)
PAGES.env.filters["in_words"] = in_words
PAGES.env.filters["shown"] = isolated


class Assets(StaticFiles):
    """The static files under their version: kept by the browser for ever."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; kept only where the address names its version, which another process may not share."""
        response = await super().get_response(path, scope)
        if scope["path_params"].get("version") == version():
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
