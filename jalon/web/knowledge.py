"""The pages for staff: every article as people see it, with its sources, confidence, dates and links; printable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from jalon.conversation.compose import Composer
from jalon.knowledge.store import Article
from jalon.web.site import PAGES


def knowledge_routes(composer_on: Callable[[dt.date], Composer], today: Callable[[], dt.date]) -> list[Route]:
    """`/knowledge`: the list by topic; `/knowledge/<topic>/<id>`: one article whole."""

    async def index(request: Request) -> Response:
        composer = composer_on(today())
        by_topic: dict[str, list[Article]] = {}
        for article in composer.store.articles.values():
            by_topic.setdefault(article.topic, []).append(article)
        return PAGES.TemplateResponse(
            request, "knowledge.html", {"composer": composer, "by_topic": by_topic, "today": today()}
        )

    async def article(request: Request) -> Response:
        composer = composer_on(today())
        name = f"{request.path_params['topic']}/{request.path_params['id']}"
        if name not in composer.store.articles:
            raise HTTPException(404, f"There is no article {name}.")
        return PAGES.TemplateResponse(request, "article.html", _shown(composer, name))

    return [Route("/knowledge", index), Route("/knowledge/{topic}/{id}", article)]


def _shown(composer: Composer, name: str) -> dict[str, Any]:
    article = composer.store.articles[name]
    text = article.text(composer.language)
    return {
        "composer": composer,
        "article": article,
        "text": text,
        "parts": {part: composer.rendered(name, part) for part in text.parts},
        "reply": composer.answer(name),
        "letters": [(id, composer.store.words("letters", id, composer.language)) for id in article.letters],
        "organisations": [composer.card(id) for id in article.organisations],
        "services": [composer.name_of(id) for id in article.services],
        "related": [composer.store.articles[other] for other in article.related if other in composer.store.articles],
    }
