"""Builds what the assistant runs on: knowledge store, table of languages, Rasa model. Skips what has not changed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog

from jalon.examples import read_examples
from jalon.knowledge import build as knowledge_build
from jalon.nlu.language_build import build as build_languages
from jalon.nlu.language_build import source_version
from jalon.settings import Settings

Progress = Callable[[str], None]


def ensure_built(settings: Settings, progress: Progress, force: bool = False) -> Path:
    """Build what is missing or out of date; returns the model's file.

    Raises:
        DataFault: the data has faults; what was built before stays.
        RuntimeError: Rasa could not train.
    """
    settings.models.mkdir(parents=True, exist_ok=True)
    record = settings.models / "build.json"
    built = json.loads(record.read_text("utf-8")) if record.exists() and not force else {}
    knowledge = _fingerprint(_knowledge_files(settings))
    if built.get("knowledge") != knowledge or not settings.knowledge_db.exists():
        progress("Building the knowledge store from data/ …")
        count = knowledge_build.build(settings.data, settings.knowledge_db)
        progress(f"Knowledge store: {count} articles.")
        built["knowledge"] = knowledge
        record.write_text(json.dumps(built), "utf-8")
    languages = _fingerprint(_language_files(settings), source_version().encode())
    if built.get("languages") != languages or not settings.language_table.exists():
        progress("Building the table that languages are recognised by …")
        count = build_languages(settings.language_table, read_examples(settings.data / "nlu"))
        progress(f"Languages: {count} n-grams of letters.")
        built["languages"] = languages
        record.write_text(json.dumps(built), "utf-8")
    model = _fingerprint(_model_files(settings), _titles(settings))
    path = settings.models / f"jalon-{model[:12]}.tar.gz"
    if built.get("model") != model or not path.exists():
        progress("Training on the example questions (under two minutes) …")
        _train(settings, path)
        for old in settings.models.glob("jalon-*.tar.gz"):
            if old != path:
                old.unlink()
        built["model"] = model
        record.write_text(json.dumps(built), "utf-8")
        progress("Training done.")
    return path


def _train(settings: Settings, path: Path) -> None:
    import rasa.model_training

    # Rasa prints its own progress where our results go; it is shown only when training fails.
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        result = rasa.model_training.train(
            domain=str(settings.home / "domain.yml"),
            config=str(settings.home / "config.yml"),
            training_files=[str(settings.data)],
            output=str(settings.models),
            fixed_model_name=path.name.removesuffix(".tar.gz"),
            force_training=True,  # Rasa's own cache does not see changes of our components
        )
    if result.code != 0 or not path.exists():
        raise RuntimeError(f"{said.getvalue()[-2000:]}\nRasa could not train. Run `jalon check` to see why.")


def quiet_rasa() -> None:
    """Turn off Rasa's telemetry and the chatter of its old dependencies; call before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("rasa").setLevel(logging.ERROR)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _knowledge_files(settings: Settings) -> Iterable[Path]:
    for folder in ("articles", "facts", "texts"):
        yield from (settings.data / folder).rglob("*.*")
    yield settings.data / "languages.yml"
    yield from (Path(__file__).parent / "knowledge").glob("*.py")


def _language_files(settings: Settings) -> Iterable[Path]:
    yield from (settings.data / "nlu").rglob("*.yml")
    for name in ("language_build.py", "language_examples.py", "languages_of_text.py", "ngrams.py"):
        yield Path(__file__).parent / "nlu" / name


def _model_files(settings: Settings) -> Iterable[Path]:
    for folder in ("nlu", "calibration", "dialogue", "phrases"):
        yield from (settings.data / folder).rglob("*.yml")
    yield from settings.data.glob("texts/*/chat.yml")
    yield settings.home / "config.yml"
    yield settings.home / "domain.yml"
    yield from (Path(__file__).parent / "nlu").glob("*.py")
    yield Path(__file__).parent / "importer.py"


def _titles(settings: Settings) -> bytes:
    """Titles and buttons of the articles: they are examples too, so a new one means training again."""
    lines = []
    for path in sorted((settings.data / "articles").rglob("*.md")):
        lines += [
            str(path.relative_to(settings.data)),
            *re.findall(r"^(?:title|button):.*$", path.read_text("utf-8"), re.M),
        ]
    return "\n".join(lines).encode()


def _fingerprint(files: Iterable[Path], more: bytes = b"") -> str:
    digest = hashlib.sha256(more)
    for path in sorted(file for file in files if file.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
