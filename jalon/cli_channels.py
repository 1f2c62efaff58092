"""The commands of the channels: `jalon simulate whatsapp · messenger · load · faults` and `jalon messenger setup`."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import typer

from jalon import display
from jalon.console import AsJson, out, progress
from jalon.settings import settings
from jalon.training import ensure_built

simulate = typer.Typer(no_args_is_help=True, help="Try the assistant over a Meta of our own: no account, no network.")
messenger = typer.Typer(no_args_is_help=True, help="The page on Messenger.")


@simulate.command()
def whatsapp() -> None:
    """Talk with the assistant as somebody on WhatsApp would, in the terminal."""
    _talk("whatsapp")


@simulate.command("messenger")
def on_messenger() -> None:
    """Talk with the assistant as somebody on Messenger would, in the terminal."""
    _talk("messenger")


@simulate.command()
def load(
    rate: Annotated[int, typer.Option(help="New people who write, per second.")] = 50,
    seconds: Annotated[int, typer.Option(help="For how long.")] = 60,
    reports: Annotated[bool, typer.Option(help="Meta also calls three times for each reply.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure how soon a served Jalon acknowledges Meta's calls, and answers people."""
    from jalon.simulation.load import META, load

    ensure_built(settings(), progress)
    _show(asyncio.run(load(rate, seconds, META, reports)), as_json)


@simulate.command()
def faults(
    messages: Annotated[int, typer.Option(help="Messages in all.")] = 2000,
    conversations: Annotated[int, typer.Option(help="People who write them.")] = 200,
    kills: Annotated[int, typer.Option(help="How often the server is killed.")] = 8,
    locks: Annotated[int, typer.Option(help="How often another program holds the database (SQLite).")] = 4,
    as_json: AsJson = False,
) -> None:
    """Kill the server, hold the database and let Meta fail, and count what is lost, doubled or out of order."""
    from jalon.simulation.faults import faults

    ensure_built(settings(), progress)
    _show(asyncio.run(faults(messages, conversations, kills, locks)), as_json)


@messenger.command()
def setup(
    show: Annotated[bool, typer.Option(help="Print what would be set, and send nothing.")] = False,
) -> None:
    """Set the greeting, the first questions and the menu of the page, in every live language."""
    from jalon.channels.messenger_profile import profile_of, send_profile

    ensure_built(settings(), progress)
    profile = profile_of(settings())
    if show:
        print(json.dumps(profile, ensure_ascii=False, indent=2))
        return
    asyncio.run(send_profile(settings().meta, profile))
    out.print("Set: greeting, first questions and menu.")


def _talk(channel: str) -> None:
    from jalon.simulation.talk import start

    start(channel, settings(), progress, out)


def _show(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures))
    else:
        display.show_figures(out, figures)
