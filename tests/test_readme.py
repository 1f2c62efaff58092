"""What the pages for readers promise is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from jalon.cli import app

HOME = Path(__file__).parent.parent
PAGES = [HOME / "README.md", *sorted((HOME / "docs" / "tasks").glob("*.md"))]
_COMMAND = re.compile(r"(?:^|`)(?:uv run )?jalon ([^`\n#]+)", re.M)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _commands() -> list[tuple[str, str]]:
    return [(page.name, match.strip()) for page in PAGES for match in _COMMAND.findall(page.read_text("utf-8"))]


def _links() -> list[tuple[Path, str]]:
    return [
        (page, link.split("#")[0])
        for page in PAGES
        for link in _LINK.findall(page.read_text("utf-8"))
        if not link.startswith(("http:", "https:", "mailto:", "#"))
    ]


def test_the_readme_names_commands_and_files():
    assert len(_commands()) >= 10
    assert len(_links()) >= 3


@pytest.mark.parametrize(("page", "written"), _commands(), ids=lambda value: str(value)[:50])
def test_a_command_that_is_written_exists(page, written):
    command = typer.main.get_command(app)
    words = shlex.split(written)
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    assert not getattr(command, "commands", None), f"{page}: jalon {written} is not a command"
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize(("page", "link"), _links(), ids=lambda value: getattr(value, "name", value))
def test_a_file_that_a_page_links_to_exists(page, link):
    assert (page.parent / link).exists()
