"""Prompts ↔ a person: the one place that waits for somebody to type.

What was typed before a question was shown is no answer to it, and a paste of several lines is
no answer at all: both would be answers by accident.
"""

from __future__ import annotations

import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_GLANCE = 0.2  # seconds after which Ctrl-C is heard at the latest
_BURST = 0.02  # seconds in which the rest of a paste arrives; nobody types that fast


class Asker(Protocol):
    """Somebody who can be asked."""

    def ask(self, prompt: str) -> str:
        """Give the line typed, or all lines of a paste. Raises EOFError, KeyboardInterrupt."""

    def show(self, renderable: RenderableType) -> None:
        """Show something."""


class TerminalAsker:
    """A person at a terminal.

    `console` makes a console on standard error for each thing shown, so that it fits the window
    as it is now.
    """

    def __init__(self, stdin: TextIO, console: Callable[[], Console]) -> None:
        self._stdin = stdin
        self._console = console

    def ask(self, prompt: str) -> str:
        """Show a prompt and wait for a line."""
        from rich.text import Text  # noqa: PLC0415 - Rich is slow to import

        def draw() -> None:
            self._console().print(Text(prompt), end="", soft_wrap=True)

        self._discard()
        draw()
        try:
            with _redrawing(draw):
                self._wait()
            line = self._stdin.readline()
        except UnicodeDecodeError:
            return "\ufffd"  # no answer to anything
        except OSError:  # the terminal is gone
            raise EOFError from None
        if not line.endswith("\n"):  # what was typed before the end was never sent off
            raise EOFError
        return line.rstrip("\r\n") + self._rest()

    def show(self, renderable: RenderableType) -> None:
        """Show something, with a blank line before it."""
        console = self._console()
        console.print()
        console.print(renderable, crop=False)  # a command to copy may be wider than the window

    def _wait(self) -> None:
        """Wait for a line, looking up now and then.

        A Ctrl-C that comes just before a read begins to wait would only be heard after it.
        """
        with suppress(OSError, ValueError):
            while not select.select([self._stdin.fileno()], [], [], _GLANCE)[0]:
                pass

    def _rest(self) -> str:
        """The other lines of a paste, emptied from the terminal."""
        if not self._waiting():
            return ""
        self._discard()
        return "\n…\n"

    def _waiting(self) -> bool:
        with suppress(OSError, ValueError):
            return bool(select.select([self._stdin.fileno()], [], [], _BURST)[0])
        return False

    def _discard(self) -> None:
        """Forget what was typed ahead."""
        try:
            import termios  # noqa: PLC0415 - not on every system
        except ImportError:
            return
        with suppress(OSError, ValueError, termios.error):
            termios.tcflush(self._stdin.fileno(), termios.TCIFLUSH)


@contextmanager
def _redrawing(draw: Callable[[], None]) -> Iterator[None]:
    """Draw a prompt again where a person stops the program and goes on with it."""
    resumed = getattr(signal, "SIGCONT", None)  # not on every system
    try:
        before = signal.signal(resumed, lambda *_: draw()) if resumed else None
    except ValueError:  # only the main thread hears signals
        resumed = None
    try:
        yield
    finally:
        if resumed:
            signal.signal(resumed, before)
