"""The articles as pages: to share, to print, to find; without a script, in the words that the assistant uses."""

from __future__ import annotations

from typing import Any

import segno
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from jalon.conversation.compose import Composer
from jalon.conversation.reply import Reply
from jalon.dates import in_words
from jalon.languages import REFERENCE
from jalon.web.site import Site

FOUND = 8  # articles that a search shows


def article_routes(site: Site) -> list[Route]:
    """`/a`: by theme, and the search; `/a/<topic>/<id>`: an article; `…/card`: two languages, to show at a counter."""

    async def index(request: Request) -> Response:
        composer = site.composer_in(site.language(request).code)
        asked = request.query_params.get("q", "").strip()
        found = composer.store.search(asked, composer.language, FOUND) if asked else ()
        articles = composer.store.articles
        themes: dict[str, list[Any]] = {name: [] for name in composer.phrases.topics}
        for each in articles.values():
            themes[each.topic].append(each)
        return site.page(request, "index.html", asked=asked, found=[articles[name] for name in found], themes=themes)

    async def article(request: Request) -> Response:
        composer, name = _asked(site, request)
        shown = _answer(composer, name, request)
        whole = composer.store.articles[name]
        text = whole.text(composer.language)
        return site.page(
            request,
            "public_article.html",
            article=whole,
            text=text,
            direction=site.known[text.language].direction,
            reply=shown,
            date=in_words(shown.checked_on, composer.language),
            parts={part: composer.rendered(name, part) for part in ("more", "easy") if part in text.parts},
            related=[composer.store.articles[each] for each in whole.related if each in composer.store.articles],
            contacts=[card for card in map(composer.card, whole.organisations) if card.lines],
            structured=_structured(text.title, shown),
            address=site.address(request, f"/a/{name}"),
        )

    async def card(request: Request) -> Response:
        composer, name = _asked(site, request)
        # An article that is not translated yet has one column only.
        written = composer.store.articles[name].text(composer.language).language
        composers = [site.composer_in(code) for code in dict.fromkeys((REFERENCE, written))]
        columns = [(_answer(own, name, request), own) for own in composers]
        address = site.address(request, f"/a/{name}?lang={composer.language}")
        return site.page(
            request,
            "card.html",
            columns=columns,
            dates={reply.language: in_words(reply.checked_on, reply.language) for reply, _ in columns},
            directions={code: each.direction for code, each in site.known.items()},
            address=address,
            code=segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2, omitsize=True),
            printed=in_words(composer.today.isoformat(), composer.language),
        )

    return [Route("/a", index), Route("/a/{topic}/{id}", article), Route("/a/{topic}/{id}/card", card)]


def _asked(site: Site, request: Request) -> tuple[Composer, str]:
    composer = site.composer_in(site.language(request).code)
    name = f"{request.path_params['topic']}/{request.path_params['id']}"
    if name not in composer.store.articles:
        raise HTTPException(404, f"There is no article {name}.")
    return composer, name


def _answer(composer: Composer, name: str, request: Request) -> Reply:
    """The same answer that the assistant gives, for the situation in the address."""
    situation = request.query_params.get("situation", "")
    return composer.answer(name, situation if situation in composer.phrases.situations else None)


def _structured(title: str, reply: Reply) -> dict[str, Any]:
    """The question and its answer as https://schema.org/FAQPage."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": reply.language,
        "dateModified": reply.checked_on,
        "mainEntity": [
            {"@type": "Question", "name": title, "acceptedAnswer": {"@type": "Answer", "text": reply.plain()}}
        ],
    }
