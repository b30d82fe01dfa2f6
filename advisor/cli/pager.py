"""A long text → the pager, as `git` does it."""

from __future__ import annotations

import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

_USUAL = "less -R"  # with colors
# It leaves at once if all fits on a screen, passes colors on, and leaves the screen as it is.
_SETTINGS = {"LESS": "FRX", "LESSHISTFILE": "-"}
_NONE = ("", "cat")


def page(text: str, variables: Mapping[str, str]) -> bool:
    """Show a text in the person's pager; say whether there was one."""
    pager = variables.get("PAGER", _USUAL)
    if pager in _NONE:
        return False
    try:
        words = shlex.split(pager)
        shown = subprocess.Popen(  # noqa: S603 - the person's own choice
            words, stdin=subprocess.PIPE, env={**_SETTINGS, **variables}
        )
    except (OSError, ValueError, IndexError):  # it is not there, or is no command
        return False
    with _deaf(), suppress(BrokenPipeError):
        shown.communicate(text.encode(errors="replace"))
    return True


@contextmanager
def _deaf() -> Iterator[None]:
    """Leave Ctrl-C to the pager, which is in front."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # only the main thread hears signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
