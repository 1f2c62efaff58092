"""Puts the pieces together: settings → built files → engine. Used by every command that answers questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from jalon.settings import Settings
from jalon.training import ensure_built

if TYPE_CHECKING:
    from jalon.conversation.engine import Engine


def start_engine(settings: Settings, progress: Callable[[str], None], keep: bool = False) -> Engine:
    """Build what is missing and load the engine; `keep` stores conversations in the records database, else in memory.

    Raises:
        DataFault: the data has faults.
    """
    model = ensure_built(settings, progress)
    # Rasa takes seconds to import; commands that need no engine do not pay for it.
    from jalon.conversation.engine import Engine
    from jalon.conversation.state import Records

    records = Records(settings.database_url if keep else "sqlite://", settings.conversation_hours)
    engine = Engine(model, settings.data, records)
    asyncio.run(engine.warm_up())
    return engine
