"""Names that tell nothing: conversations and messages are known by keyed digests, never by a number or an account."""

from __future__ import annotations

import base64
import hashlib
import hmac


class Identities:
    """Derives opaque names.

    Args:
        pepper: the secret key; it is kept outside the database, so that the database alone identifies nobody.
    """

    def __init__(self, pepper: str) -> None:
        self._pepper = pepper.encode()

    def conversation(self, channel: str, user: str) -> str:
        """The name of the conversation with a user of a channel: the same user always has the same."""
        return self._digest("conversation", channel, user)

    def receipt(self, channel: str, external: str) -> str:
        """The mark of a message that has arrived. WhatsApp's own message ids contain the telephone number."""
        return self._digest("message", channel, external)

    def _digest(self, *parts: str) -> str:
        """160 bits of HMAC-SHA256 in base32; the parts are framed, so that no two lists of parts collide."""
        framed = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
        digest = hmac.new(self._pepper, framed, hashlib.sha256).digest()
        return base64.b32encode(digest[:20]).decode().lower()
