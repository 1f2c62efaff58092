"""A process that dies at any step neither loses nor doubles nor disorders anything."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from jalon.settings import environment_with

VICTIM = Path(__file__).with_name("victim.py")
EXPECTED = ["1:one", "2:two", "three", "3:four"]


def test_a_process_killed_at_any_step_loses_nothing_doubles_nothing_and_keeps_the_order(database, tmp_path):
    url = "sqlite" if database.startswith("sqlite") else database
    command = [sys.executable, VICTIM, url, tmp_path]
    environment = environment_with(PYTHONPATH=str(VICTIM.parents[1]))
    said = subprocess.run(command, capture_output=True, text=True, timeout=500, cwd=VICTIM.parent, env=environment)
    assert not said.returncode, said.stderr[-2000:]
    runs = [json.loads(line) for line in said.stdout.splitlines()]
    wrong = {run["step"]: found for run in runs if (found := received(run)) != {"a": EXPECTED, "b": EXPECTED}}
    assert wrong == {}
    killed = {run["step"] for run in runs if run["killed"]}
    assert len(killed) >= 30
    assert killed > {
        "before INSERT INTO inbox",
        "after INSERT INTO inbox",
        "before commit",
        "after commit",
        "after INSERT INTO conversations",
        "after INSERT INTO outbox",
        "before delivery",
        "after delivery",
    }


def received(run: dict) -> dict[str, list[str]]:
    """The texts of every user, in the order in which they came."""
    texts = defaultdict(list)
    for user, text, _ in run["delivered"]:
        texts[user].append(text)
    return dict(texts)
