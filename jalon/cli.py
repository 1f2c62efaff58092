"""The command line: `jalon serve · ask · chat · replay · train · check · evaluate · coverage · bench · new · …`."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from jalon import display
from jalon.cli_channels import messenger, simulate
from jalon.cli_new import new
from jalon.console import AsJson, err, out, progress
from jalon.findings import DataFault, errors
from jalon.languages import REFERENCE
from jalon.procedure.today import belgian_today
from jalon.settings import SettingError, settings
from jalon.training import ensure_built, quiet_rasa

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(new, name="new")
app.add_typer(simulate, name="simulate")
app.add_typer(messenger, name="messenger")

LANGUAGE_LISTS = "language_id"  # the folder of the lists of words and sentences, beside the public sets

LanguageOption = Annotated[str | None, typer.Option("--language", help="Language code, for example fr.")]


def main() -> None:
    """Run a command; a fault that the user can mend is printed without a stack trace."""
    quiet_rasa()
    try:
        app()
    except (SettingError, DataFault, ValueError, RuntimeError, FileNotFoundError) as fault:
        err.print(str(fault), markup=False)
        sys.exit(1)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="TCP port; PORT in .env otherwise.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Open the assistant: builds what is missing, then serves /chat."""
    from jalon.serving import serve_forever

    serve_forever(settings(), progress, host, port or settings().port)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    language: LanguageOption = None,
    batch: Annotated[str | None, typer.Option(help="JSON Lines to answer: a file, or - for standard input.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask one question, or a batch of them."""
    if (question is None) == (batch is None):
        raise ValueError('Ask one question, `jalon ask "…"`, or a batch, `jalon ask --batch FILE`.')
    lines = None
    if batch is not None:
        lines = sys.stdin if batch == "-" else Path(batch).read_text("utf-8").splitlines()
    asyncio.run(_ask(_engine(), question, language, lines, as_json))


async def _ask(
    engine: Any, question: str | None, language: str | None, lines: Iterable[str] | None, as_json: bool
) -> None:
    from jalon.ask import ask_batch

    if lines is not None:
        async for answer in ask_batch(engine, lines):
            print(json.dumps(answer, ensure_ascii=False), flush=True)
        return
    turn = await engine.turn(engine.new_conversation(), question or "", language=language)
    if as_json:
        print(json.dumps(turn.as_json(), ensure_ascii=False, indent=2))
    else:
        display.show_reply(out, turn.reply)


@app.command()
def chat(
    language: LanguageOption = None,
    inspect: Annotated[bool, typer.Option("--inspect", help="Show how each message was understood.")] = False,
    record: Annotated[Path | None, typer.Option(help="Add the conversation as a scenario to this file.")] = None,
) -> None:
    """Talk with the assistant in the terminal; a number presses that button, an empty line leaves."""
    from jalon.channels.terminal import talk
    from jalon.recording import Recorder

    recorder = Recorder(record, belgian_today(), language) if record else None
    asyncio.run(talk(_engine(), out, language, inspect, recorder))


@app.command()
def replay(
    files: Annotated[list[Path], typer.Argument(help="Files of scenarios.")], language: LanguageOption = None
) -> None:
    """Play scenarios and report what goes otherwise than written; exit code 1 when something does."""
    from jalon.scenarios import read_scenarios

    found = [(file.name, scenario) for file in files for scenario in read_scenarios(file)]
    deviations = asyncio.run(_replay(_engine(), found, language or REFERENCE))
    err.print(f"{len(found)} scenarios, {deviations} deviations.")
    raise typer.Exit(1 if deviations else 0)


async def _replay(engine: Any, scenarios: list[tuple[str, Any]], language: str) -> int:
    """Play, print each deviation, and count them."""
    from jalon.scenarios import play

    deviations = 0
    for file, scenario in scenarios:
        for deviation in await play(scenario, engine, language):
            deviations += 1
            out.print(f"{file}: {scenario.name}: {deviation}", markup=False)
    return deviations


@app.command()
def train(force: Annotated[bool, typer.Option(help="Build everything again.")] = False) -> None:
    """Build the knowledge store and the model; what has not changed is skipped."""
    path = ensure_built(settings(), progress, force)
    out.print(f"Ready: {path.name}")


@app.command()
def check(language: LanguageOption = None) -> None:
    """Report every fault of the data at once; exit code 1 when there is an error."""
    from jalon.checks.run import run_checks

    findings = run_checks(settings().data, belgian_today(), language)
    for finding in findings:
        print(finding)
    wrong = len(errors(findings))
    err.print("All good." if not findings else f"{wrong} errors, {len(findings) - wrong} warnings.")
    raise typer.Exit(1 if wrong else 0)


@app.command()
def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(help="Labelled questions: JSON Lines or YAML.")] = None,
    report: Annotated[Path | None, typer.Option(help="Also write a report for staff: one HTML file.")] = None,
    typos: Annotated[bool, typer.Option("--typos", help="Also measure what typing mistakes cost.")] = False,
    cross_validate: Annotated[
        bool, typer.Option("--cross-validate", help="Measure on the example questions themselves, without FILES.")
    ] = False,
    folds: Annotated[int | None, typer.Option(help="Parts for --cross-validate; 3 otherwise.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure understanding on labelled questions, or on the example questions by cross-validation."""
    if cross_validate:
        if files or report or typos:
            raise ValueError("--cross-validate takes no FILES, --report or --typos. Run them apart.")
        _cross_validate(folds, as_json)
        return
    if not files:
        raise ValueError("Name a file of labelled questions, `jalon evaluate FILE`, or use --cross-validate.")
    if folds is not None:
        raise ValueError("--folds belongs to --cross-validate. Leave it out, or add that.")
    if report and not report.parent.is_dir():
        raise ValueError(f"{report.parent} is not a folder. Make it, or name another place for the report.")
    from jalon.evaluation import read_questions

    questions = [question for file in files for question in read_questions(file)]
    found, outcomes = asyncio.run(_evaluate(_engine(), questions, typos))
    if report:
        from jalon.evaluation.page import page

        report.write_text(page(found, outcomes, [file.name for file in files], belgian_today()), "utf-8")
        progress(f"Written: {report}")
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        display.show_evaluation(out, found)


async def _evaluate(engine: Any, questions: list[Any], typos: bool) -> tuple[dict[str, Any], list[Any]]:
    from jalon import evaluation
    from jalon.evaluation.typos import misspelt, typo_loss

    progress(f"Asking {len(questions)} questions …")
    outcomes = await evaluation.run(engine, questions)
    found = evaluation.report(outcomes)
    if typos:
        progress("Asking them again with typing mistakes …")
        found["typos"] = typo_loss(found, evaluation.report(await evaluation.run(engine, misspelt(questions))))
    return found, outcomes


def _cross_validate(folds: int | None, as_json: bool) -> None:
    from jalon.evaluation import crossvalidation

    known = crossvalidation.examples(settings().home)
    found = crossvalidation.cross_validate(known, crossvalidation.FOLDS if folds is None else folds, progress)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        display.show_cross_validation(out, found)


@app.command()
def coverage(
    as_json: AsJson = False,
    recognition: Annotated[bool, typer.Option(help="Also ask the held-out questions: takes half a minute.")] = False,
) -> None:
    """Show what is there and what is missing, overdue, hard to read or badly recognised."""
    from jalon.coverage import coverage as covered

    recognised = None
    if recognition:
        from jalon import evaluation

        questions = evaluation.held_out(settings().home)
        recognised = evaluation.recognised(asyncio.run(evaluation.run(_engine(), questions)))
    found = covered(settings().data, belgian_today(), recognised)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        display.show_coverage(out, found)


@app.command()
def bench(
    turns: Annotated[int, typer.Option(help="How many turns to time.")] = 1000,
    public: Annotated[Path | None, typer.Option(help="Measure on the public sets of this folder instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the engine's speed and memory on the held-out questions, or understanding on public sets."""
    if public is not None:
        _bench_public(public, as_json)
        return
    import time

    from jalon.bench import bench as measure
    from jalon.evaluation import held_out

    start = time.perf_counter()
    engine = _engine()
    ready = round(time.perf_counter() - start, 1)
    found = asyncio.run(measure(engine, held_out(settings().home), turns))
    found["seconds_until_ready"] = ready
    if as_json:
        print(json.dumps(found))
    else:
        display.show_figures(out, found)


def _bench_public(folder: Path, as_json: bool) -> None:
    from jalon.public_languages import measure as recognise
    from jalon.public_sets import measure, read_sets

    found = {}
    for public in list(read_sets(folder)):
        progress(f"{public.name} …")
        found[public.name] = measure(public)
    languages = None
    if (folder / LANGUAGE_LISTS).is_dir():
        progress("Languages …")
        ensure_built(settings(), progress)
        languages = recognise(folder / LANGUAGE_LISTS)
    if as_json:
        print(json.dumps({**found, **({"languages": languages} if languages else {})}))
    else:
        display.show_public(out, found, languages)


@app.command()
def doctor() -> None:
    """Say what is missing on this machine and how to fix it."""
    from jalon.doctor import examine

    display.show_symptoms(out, list(examine(settings())))


@app.command()
def purge() -> None:
    """Erase what has outlived its purpose: conversations that have ended, messages and marks that are too old."""
    from jalon.conversation.records import Records
    from jalon.privacy.retention import purge as erase
    from jalon.privacy.retention import retention_of

    found = settings()
    records = Records(found.database_url, found.conversation_hours)
    purged = erase(records, retention_of(found), dt.datetime.now(dt.UTC))
    out.print(
        f"Erased: {purged.conversations} conversations, {purged.dead} messages that waited too long, "
        f"{purged.marks} marks of answered messages, {purged.counts} old counts."
    )


@app.command()
def unanswered(
    days: Annotated[int, typer.Option(help="How far back.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Show what could not be answered, or did not help, as counts: where articles or example questions are missing."""
    from jalon.conversation.records import Records
    from jalon.conversation.unanswered import counts

    found = counts(Records(settings().database_url), belgian_today() - dt.timedelta(days=days))
    if as_json:
        print(json.dumps([vars(count) for count in found], ensure_ascii=False))
    else:
        display.show_unanswered(out, found)


@app.command()
def keys() -> None:
    """Print new secrets for .env: needed when several machines serve together."""
    from jalon.privacy.keys import new_keys

    made = new_keys()
    print(f"JALON_PEPPER={made.pepper}\nJALON_ENCRYPTION_KEYS={','.join(made.encryption)}")


def _engine() -> Any:
    from jalon.runtime import start_engine

    return start_engine(settings(), progress)
