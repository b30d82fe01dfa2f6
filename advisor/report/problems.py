"""Problems of a rule base → lines of text, JSON, SARIF 2.1.0 or GitHub annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from advisor.json_text import Json
from advisor.report.blocks import safe
from advisor.rulebase.problems import ERROR, NOTE, WARNING, Problem, codes, severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}


def problem_entry(problem: Problem) -> Json:
    """One problem as plain values."""
    return {"code": problem.code, "severity": severity(problem.code), **asdict(problem)}


def problem_lines(problems: Iterable[Problem]) -> Iterable[str]:
    """One line for each problem, as editors read them: place, words, code."""
    for each in problems:
        weight = severity(each.code)
        place = f"{each.file}:{each.line}:{each.column}"
        said = safe(_words(each))
        yield f"{safe(place)}: {'' if weight == ERROR else f'{weight}: '}{said} [{each.code}]\n"


def github_lines(problems: Iterable[Problem], folder: Path) -> Iterable[str]:
    """One workflow command for each problem, which GitHub shows beside its line."""
    for each in problems:
        properties = {
            "file": safe(_path(each, folder)),
            "line": each.line,
            "col": each.column,
            "title": each.code,
        }
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        yield f"::{_COMMANDS[severity(each.code)]} {listed}::{_data(safe(_words(each)))}\n"


def sarif(problems: Sequence[Problem], folder: Path, version: str) -> Json:
    """A SARIF log: one run, the kinds of problem that were met, and each problem with its place."""
    codes = list(dict.fromkeys(each.code for each in problems))
    driver = {
        "name": "legday",
        "semanticVersion": version,
        "rules": [_kind(code) for code in codes],
    }
    results = [_result(each, codes.index(each.code), folder) for each in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _kind(code: str) -> Json:
    """A kind of problem, as SARIF wants its rules."""
    return {
        "id": code,
        "shortDescription": {"text": codes()[code].says},
        "help": {"text": f"See `legday rules explain {code}`."},
        "defaultConfiguration": {"level": severity(code)},
    }


def _result(problem: Problem, index: int, folder: Path) -> Json:
    place = {
        "artifactLocation": {"uri": quote(_path(problem, folder))},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": severity(problem.code),
        "message": {"text": _words(problem)},
        "locations": [{"physicalLocation": place}],
    }


def _words(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def _path(problem: Problem, folder: Path) -> str:
    """The file as it is seen from where we stand; a problem of the folder is told of its folder."""
    path = folder / problem.file if problem.file != "." else folder
    return path.as_posix()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
