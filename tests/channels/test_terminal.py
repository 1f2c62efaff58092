from types import SimpleNamespace

from rich.console import Console

from jalon.channels.terminal import talk
from jalon.conversation.reply import Reply


class Listening:
    """An engine that notes the language it is told."""

    def __init__(self):
        self.told = []

    def new_conversation(self):
        return "conversation"

    async def turn(self, conversation, text, choice, language):
        self.told.append(language)
        return SimpleNamespace(reply=Reply(language="fr", text="TEXT"))


async def test_the_language_is_told_once_so_that_the_person_may_choose_another(monkeypatch):
    said = iter(["bonjour", "English please", ""])
    monkeypatch.setattr(Console, "input", lambda self, prompt: next(said))
    engine = Listening()
    await talk(engine, Console(quiet=True), "fr", inspect=False)
    assert engine.told == ["fr", None]
