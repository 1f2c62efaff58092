"""A server to be killed: `victim.py PORT FOLDER`. Its engine answers slowly and counts; its records lie in FOLDER."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from pathlib import Path

import uvicorn
from turn_form import Said

from jalon.conversation.message import Message
from jalon.conversation.records import Records
from jalon.conversation.reply import Reply
from jalon.conversation.state import State
from jalon.serving import make_app
from jalon.settings import settings


class Slow:
    """Takes a second for a message; the reply tells how many came before it."""

    async def respond(self, state: State, message: Message) -> tuple[Said, State]:
        """`3: hello` is the third message of its conversation."""
        after = state.copy()
        after.slots["count"] = state.slots.get("count", -1) + 1
        if message.text:
            await asyncio.sleep(1)
        return Said(Reply(language="fr", text=f"{after.slots['count']}: {message.text}")), after


def main(port: int, folder: Path) -> None:
    """Serve until killed, with the secrets and the records of the last time."""
    changed = dataclasses.replace(
        settings(), pepper="p" * 40, encryption_keys=("aW52ZW50ZWQga2V5IG9mIHRoZSBwYWdlIHRlc3RzISE=",)
    )
    app = make_app(changed, Slow(), Records(f"sqlite:///{folder / 'records.db'}"))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", ws="none")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
