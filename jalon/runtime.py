"""Puts the pieces together: settings → built files → engine. Used by every command that answers questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from jalon.settings import Settings
from jalon.training import ensure_built

if TYPE_CHECKING:
    from jalon.conversation.engine import Engine
    from jalon.conversation.records import Records


def start_engine(settings: Settings, progress: Callable[[str], None], records: Records | None = None) -> Engine:
    """Build what is missing and load the engine; conversations are kept in `records`, else in memory.

    Raises:
        DataFault: the data has faults.
    """
    model = ensure_built(settings, progress)
    # Rasa takes seconds to import; commands that need no engine do not pay for it.
    from jalon.conversation.engine import Engine
    from jalon.conversation.records import Records

    engine = Engine(model, settings.data, records or Records("sqlite://", settings.conversation_hours))
    asyncio.run(engine.warm_up())
    return engine
