"""The bytes of a rule file -> nodes with file, line and column; every bad byte is a problem."""

from __future__ import annotations

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from advisor.rulebase.folder import top
from advisor.rulebase.nodes import CONTROL, Node, RefusedError, compose
from advisor.rulebase.problems import Problems
from advisor.rulebase.shapes import Place

# Besides its own errors, the YAML scanner lets these slip out on malformed escapes and the like.
_SLIPS = (YAMLError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
_SLIPS_TOO = (AssertionError, RuntimeError)


def read_file(data: bytes, file: str, problems: Problems) -> Node | None:
    """Read one rule file, or note why not and give None."""
    text = _text(data, file, problems)
    if text is None:
        return None
    try:
        node = compose(YAML(typ="safe", pure=True).parse(text), file, problems)
    except RefusedError:
        return None
    except (*_SLIPS, *_SLIPS_TOO) as error:
        _bad_yaml(error, file, problems)
        return None
    if node is None or node.value is None:
        problems.add("empty-file", top(file), "the file is empty", "remove it, or fill it")
        return None
    if not isinstance(node.value, dict):
        message = f"{node.typed()} stands where sections are meant"
        problems.add("wrong-type", node.place, message, "start with a section such as `rules:`")
        return None
    return node


def _text(data: bytes, file: str, problems: Problems) -> str | None:
    """Decode UTF-8, with or without a byte order mark, without control characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(file, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        problems.add("not-utf-8", place, "not UTF-8 text", "save the file as UTF-8")
        return None
    bad = CONTROL.search(text)
    if bad is None:
        return text
    start = bad.start()
    place = Place(file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    problems.add("bad-character", place, f"the control character U+{ord(bad[0]):04X}", "remove it")
    return None


def _bad_yaml(error: Exception, file: str, problems: Problems) -> None:
    """Word an error of the YAML parser as ours."""
    mark = None
    said = "it cannot be read"
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = " ".join(str(error.problem or error.context or said).split())
    place = Place(file, mark.line + 1, mark.column + 1) if mark else top(file)
    problems.add("bad-yaml", place, f"not well-formed YAML: {said[:200]}")
