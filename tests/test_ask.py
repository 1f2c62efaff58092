from types import SimpleNamespace

import pytest

from jalon.ask import BadLine, ask_batch


class Listening:
    """An engine that repeats how it was asked."""

    def __init__(self):
        self.conversations = 0

    def new_conversation(self):
        """A new name each time."""
        self.conversations += 1
        return f"conversation {self.conversations}"

    async def turn(self, conversation, text, choice=None, language=None):
        """What was asked, as a turn."""
        asked = {"conversation": conversation, "text": text, "choice": choice, "language": language}
        return SimpleNamespace(as_json=lambda: asked)


async def answers(*lines):
    """The answers to a batch."""
    return [answer async for answer in ask_batch(Listening(), lines)]


async def test_answers_come_in_the_order_of_the_lines_with_their_ids():
    found = await answers('{"id": "b", "text": "un"}', "", '{"text": "deux"}', '{"id": "a", "text": "trois"}')
    assert [(answer["id"], answer["text"]) for answer in found] == [("b", "un"), (3, "deux"), ("a", "trois")]


async def test_only_lines_with_the_same_conversation_are_one():
    lines = [f'{{"text": "un"{more}}}' for more in ("", ', "conversation": "x"', "", ', "conversation": "x"')]
    names = [answer["conversation"] for answer in await answers(*lines)]
    assert names[1] == names[3]
    assert len(set(names)) == 3


async def test_a_number_and_its_text_name_the_same_conversation():
    found = await answers('{"text": "un", "conversation": 7}', '{"text": "deux", "conversation": "7"}')
    assert found[0]["conversation"] == found[1]["conversation"]


async def test_a_choice_and_a_language_reach_the_engine():
    (answer,) = await answers('{"choice": 2, "language": "fr"}')
    assert (answer["choice"], answer["language"], answer["text"]) == (2, "fr", "")


@pytest.mark.parametrize(
    "line",
    [
        "bonjour",
        '{"text": "bonjour"',
        "[]",
        '"bonjour"',
        "5",
        "null",
        "{}",
        '{"id": 1, "question": "bonjour"}',
        '{"choice": "1"}',
        '{"choice": 1.5}',
        '{"choice": true}',
        '{"text": 5}',
        '{"text": ["bonjour"]}',
    ],
)
async def test_a_line_that_cannot_be_understood_is_named_by_its_number(line):
    with pytest.raises(BadLine, match="line 3"):
        await answers('{"text": "un"}', "", line)


async def test_lines_before_a_bad_one_are_answered():
    found = []
    with pytest.raises(BadLine):
        async for answer in ask_batch(Listening(), ['{"text": "un"}', "x"]):
            found.append(answer)
    assert [answer["text"] for answer in found] == ["un"]
