"""Half a word becomes the words that fit, in each shell that can be had here."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from running import ROOT, SHOULDER, environment

# What is typed, some of what is offered, and something that is not.
OFFERS = [
    (("pl",), ["plan"], "rules"),
    (("rules", ""), ["check", "explain", "schema"], "plan"),
    (("rules", "sh"), ["show"], "schema"),
    (("--v",), ["--version"], "--help"),
    (("plan", "--back"), ["--back-pain", "--back-surgery"], "--goal"),
    (("plan", "--goal", ""), ["general", "quads", "unsure"], "none"),
    (("plan", "--back-pain", ""), ["0", "10", "unsure"], "11"),
    (("plan", "--equipment", ""), ["none", "unsure", "dumbbells"], "leg_curl_machine"),
    (("plan", "--equipment", "bands,d"), ["bands,dumbbells"], "bands,bands"),
    (("plan", "--equipment", "bands,"), ["bands,dumbbells"], "bands,none"),
    (("plan", "--pain-triggers", "leg_"), ["leg_press", "leg_curl"], "plank"),
    (("plan", "--format", ""), ["text", "json", "markdown", "html"], "yaml"),
    (("check", "leg_"), ["leg_press", "leg_curl"], "plank"),
    (("check", "--screened", "leg_"), ["leg_press", "leg_curl"], "plank"),
    (("rules", "show", "leg-press-2"), ["leg-press-2-feet"], "leg-press-1-seat-trial"),
    (("rules", "explain", "unknown-fa"), ["unknown-fact"], "unknown-key"),
    (("rules", "graph", "back_pa"), ["back_pain"], "goal"),
    (("rules", "trace", "--rule", "leg_pre"), ["leg_press"], "plank"),
    (("rules", "prove", "--only", "two"), ["two-days-of-rest"], "stand-ins-fit"),
    (("what-if", "--change", ""), ["goal=", "back_pain="], "goal=quads"),
    (("what-if", "--change", "goal"), ["goal=quads"], "goal="),
    (("plan", "--rules", SHOULDER, "--sh"), ["--shoulder-pain"], "--back-pain"),
    (("check", "--rules", SHOULDER, "wall_"), ["wall_slide"], "wall_sit"),
]


def variables(place: Path) -> dict[str, str]:
    """An environment in which `legday` is this program, and nobody's own settings count."""
    program = place / "legday"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m advisor "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join([str(place), os.environ["PATH"]])
    return environment(PATH=path, HOME=str(place), XDG_CONFIG_HOME=str(place), TERM="dumb")


def script_for(shell: str, place: Path) -> Path:
    """A file with what `--show-completion` prints for a shell."""
    script = place / f"completion.{shell}"
    script.write_text(printed_for(shell))
    return script


@cache
def printed_for(shell: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "advisor"],
        env={**environment(), "_LEGDAY_COMPLETE": f"source_{shell}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def in_bash(words: tuple[str, ...], place: Path) -> list[str]:
    quoted = " ".join(f"'{word}'" for word in ("legday", *words))
    lines = [
        f"source {script_for('bash', place)}",
        f"COMP_WORDS=({quoted}); COMP_CWORD={len(words)}",
        "_legday_completion legday",
        'printf "%s\\n" "${COMPREPLY[@]}"',
    ]
    return said(["bash", "--norc", "-c", "\n".join(lines)], place)


def in_fish(words: tuple[str, ...], place: Path) -> list[str]:
    line = " ".join(("legday", *words))
    script = f"source {script_for('fish', place)}; complete -C '{line}'"
    told = said(["fish", "--no-config", "-c", script], place)
    return [each.partition("\t")[0] for each in told]


def said(words: list[str], place: Path) -> list[str]:
    done = subprocess.run(
        words, env=variables(place), cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(("words", "offered", "other"), OFFERS, ids=lambda each: str(each)[:40])
@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_offers_what_fits(
    shell: str, words: tuple[str, ...], offered: list[str], other: str, tmp_path: Path
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell}")
    found = {"bash": in_bash, "fish": in_fish}[shell](words, tmp_path)
    assert {*offered} <= {*found}
    assert other not in found
    assert len(found) == len({*found})


@pytest.mark.skipif(not shutil.which("zsh"), reason="there is no zsh")
def test_completes_in_zsh(tmp_path: Path) -> None:
    """Type half a word and a tab into a real zsh, and look at its line."""
    settings = (
        f"PS1='%% '; autoload -Uz compinit; compinit -u -D; source {script_for('zsh', tmp_path)}\n"
    )
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execvpe("zsh", ["zsh", "-f", "-i"], variables(tmp_path))  # noqa: S606, S607 - zsh itself
    try:
        os.write(fd, settings.encode() + b"echo rea''dy\n")
        assert "ready" in screen(fd, "\nready")
        os.write(fd, b"legday plan --equi\t")
        assert "--equipment" in screen(fd, "pment")
        os.write(fd, b" du\t")
        assert "dumbbells" in screen(fd, "mbbells")
        os.write(fd, b" --goal \t")
        shown = screen(fd, "More strength")
        assert "Bigger or stronger thighs" in shown  # what a choice means
        os.write(fd, b"\x15legday plan --answers pyproj\t")
        assert "pyproject.toml" in screen(fd, "ect.toml")
    finally:
        os.close(fd)
        os.waitpid(pid, 0)


def screen(fd: int, until: str) -> str:
    """What a terminal shows, up to some text."""
    shown, end = "", time.monotonic() + 20
    while until not in shown:
        assert select.select([fd], [], [], max(0.0, end - time.monotonic()))[0], shown
        shown += os.read(fd, 65536).decode(errors="replace").replace("\r\n", "\n")
    return shown


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--answers", "pyproj"),
        ("batch", "pyproj"),
        ("plan", "--rules", "pyproj"),
        ("rules", "fmt", "pyproj"),
    ],
    ids=str,
)
def test_leaves_the_names_of_files_to_the_shell(words: tuple[str, ...], tmp_path: Path) -> None:
    assert in_bash(words, tmp_path) in ([], [""])


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--rules", "/nope", "--back"),
        ("check", "--rules", "/nope", ""),
        ("rules", "show", "--rules", "/nope", ""),
        ("plan", "--bogus", "1", "--answers", "/nope", "--goal", "zzz"),
    ],
    ids=str,
)
def test_stays_silent_where_the_line_is_wrong(words: tuple[str, ...], tmp_path: Path) -> None:
    assert in_bash(words, tmp_path) in ([], [""])
