"""Invented outcomes of labelled questions, and an engine that gives them."""

from __future__ import annotations

from jalon.conversation.engine import Turn
from jalon.conversation.reply import Reply
from jalon.evaluation import OUT_OF_SCOPE, Outcome, Question

A, B, C = "life/a", "life/b", "life/c"


def outcome(label, band, ranking, offered=(), confidence=0.9, language="fr", **question):
    """A question with this label, and what an engine might have made of it."""
    best = ranking[0] if band in ("answer", "dialogue") else OUT_OF_SCOPE
    turn = Turn(
        reply=Reply(language=language, text="…", article=best if "/" in best else ""),
        language=language,
        intent="choose" if band == "choose" else best,
        confidence=confidence,
        band=band,
        ranking=[{"name": name, "confidence": confidence / (at + 1)} for at, name in enumerate(ranking)],
        ms=1.0,
        offered=tuple(offered),
    )
    return Outcome(Question("?", label, **question), turn, tuple(offered))


OUTCOMES = [
    outcome(A, "answer", [A, B, C]),  # right
    outcome(A, "answer", [B, A, C], style="plain"),  # wrong, second in the ranking
    outcome(A, "answer", [B, C, "life/d", A], also=(B,)),  # right by another label
    outcome(A, "choose", [B, C, A], offered=[B, C, A], confidence=0.5),  # offered
    outcome(A, "choose", [B, C, "life/d", A], offered=[B, C, "life/d"], confidence=0.5),  # not offered
    outcome(A, "refuse", [A, B, C], confidence=0.1),  # refused, though known
    outcome("greet", "dialogue", ["greet", A]),  # right
    outcome(A, "answer", [A], language="nl"),  # right, in what was taken for another language
    outcome(OUT_OF_SCOPE, "refuse", [OUT_OF_SCOPE, A]),  # rightly refused
    outcome(OUT_OF_SCOPE, "answer", [A, OUT_OF_SCOPE]),  # answered with an article
    outcome(OUT_OF_SCOPE, "dialogue", ["chitchat", OUT_OF_SCOPE]),  # no article
    outcome(OUT_OF_SCOPE, "choose", [A, B], offered=[A, B]),  # no article
]


class Listening:
    """An engine that takes everything for the same, and remembers who asked what."""

    def __init__(self):
        self.asked = []

    def new_conversation(self):
        """A new name each time."""
        return str(len(self.asked))

    async def turn(self, *asked):
        """The same turn to everybody."""
        self.asked.append(asked)
        return OUTCOMES[3].turn
