"""What every response says to the browser: nothing but our own files, no inline code, no trace in caches."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# https://www.w3.org/TR/CSP3/; `trusted-types` names the one policy of the page's script, for the service worker.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; "
    "require-trusted-types-for 'script'; trusted-types jalon"
)
_ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Security:
    """Adds the headers; a response may set a cache rule of its own.

    Args:
        framed: the path that other sites may show in a frame.
        sites: those sites.
    """

    def __init__(self, app: ASGIApp, framed: str, sites: Sequence[str]) -> None:
        self._app = app
        self._framed = framed
        self._sites = " ".join(sites) or "'none'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ancestors = self._sites if scope["path"] == self._framed else "'none'"

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**_ALWAYS, "Content-Security-Policy": _POLICY.format(ancestors=ancestors)})
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, secured)
