"""The assistant's page, the line of script that embeds it elsewhere, and what keeps it usable without a network."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from jalon.web.site import STATIC, Site

PAGE = "/chat"
_MODULES = ("chat.js", "line.js", "memory.js", "messages.js", "voice.js")
# The words that the script writes by itself; the others stand in the page.
_SPOKEN = (
    "you", "assistant", "sources", "steps", "print", "reminder", "counter_card", "listen", "listen_stop", "waiting",
    "offline", "not_taken", "ended", "erased", "erased_what", "erased_later", "easy",
)  # fmt: skip
_HOUR = 3600


def chat_routes(site: Site) -> list[Route]:
    """`/chat`, `/embed.js` and `/sw.js`."""

    async def chat(request: Request) -> Response:
        composer = site.composer_in(site.language(request).code)
        labels = composer.phrases.labels
        return site.page(
            request,
            "chat.html",
            modules=_MODULES,
            spoken={name: labels[name] for name in _SPOKEN},
            contact=composer.card("cai"),
            emergency=composer.card("emergency_112"),
            hours=site.hours,
            asked="lang" in request.query_params,
            right_to_left=" ".join(code for code, each in site.known.items() if each.direction == "rtl"),
        )

    async def embed(request: Request) -> Response:
        """The launcher, for another site's pages, with its words."""
        language = site.language(request)
        labels = site.composer_in(language.code).phrases.labels
        words = {
            "language": language.code,
            "direction": language.direction,
            "page": PAGE,
            **{name: labels[name] for name in ("title", "launcher", "own_page")},
        }
        source = (STATIC / "embed.js").read_text("utf-8")
        script = f"(() => {{\n{source}\njalon({json.dumps(words, ensure_ascii=False)});\n}})();\n"
        headers = {"Cache-Control": f"public, max-age={_HOUR}"}
        return Response(script, media_type="text/javascript", headers=headers)

    async def worker(request: Request) -> Response:
        return FileResponse(STATIC / "sw.js", headers={"Cache-Control": "no-cache"})

    return [Route(PAGE, chat), Route("/embed.js", embed), Route("/sw.js", worker)]
