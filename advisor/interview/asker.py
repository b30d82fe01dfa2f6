"""Prompts ↔ a person: the one place that waits for somebody to type.

Lines that come ahead, typed fast or pasted, answer one question after the other, as each is shown
and its answer told. Where one of them is no answer, those behind it are dropped, and that is told.
"""

from __future__ import annotations

import select
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_GLANCE = 0.2  # seconds after which Ctrl-C is heard at the latest
_BURST = 0.02  # seconds in which the next line of a paste arrives; nobody types that fast


class Asker(Protocol):
    """Somebody who can be asked. With `plain`, no marks are shown that stand for a word."""

    plain: bool

    def ask(self, prompt: str, words: Sequence[str] = ()) -> str:
        """Give the line typed; `words` may be completed. Raises EOFError, KeyboardInterrupt."""

    def show(self, renderable: RenderableType) -> None:
        """Show something."""

    def drop(self) -> bool:
        """Forget lines that came ahead; whether there were any."""


class TerminalAsker:
    """A person at a terminal, with line editing where the system has it.

    `console` makes a console on standard error for each thing shown, so that it fits the window
    as it is now.
    """

    def __init__(
        self, stdin: TextIO, console: Callable[[], Console], *, plain: bool, editing: bool
    ) -> None:
        self.plain = plain
        self._stdin = stdin
        self._console = console
        self._editor = _editor() if editing else None

    def ask(self, prompt: str, words: Sequence[str] = ()) -> str:
        """Show a prompt and wait for a line."""
        if self._editor is not None:
            return self._edited(prompt, words, self._editor)
        from rich.text import Text  # noqa: PLC0415 - Rich is slow to import

        def draw() -> None:
            self._console().print(Text(prompt), end="", soft_wrap=True)

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
        return line.rstrip("\r\n")

    def _edited(self, prompt: str, words: Sequence[str], editor: Any) -> str:  # noqa: ANN401 - a module
        """A line that was edited, and is kept to be called up again."""
        import termios  # noqa: PLC0415 - it is there where the editor is

        terminal, modes = self._stdin.fileno(), list[Any]()
        editor.set_completer(_completer(words))
        editor.set_pre_input_hook(lambda: modes.append(termios.tcgetattr(terminal)))

        def draw() -> None:  # a shell that was in between has set the terminal to its own ways
            for mode in modes:
                termios.tcsetattr(terminal, termios.TCSANOW, mode)
            sys.stdout.write(f"\r{prompt}{editor.get_line_buffer()}")
            sys.stdout.flush()

        try:
            with _redrawing(draw), _glancing():
                return input(prompt)
        except UnicodeDecodeError:
            return "\ufffd"

    def show(self, renderable: RenderableType) -> None:
        """Show something, with a blank line before it."""
        console = self._console()
        console.print()
        console.print(renderable, crop=False)  # a command to copy may be wider than the window

    def drop(self) -> bool:
        """Forget whole lines that came ahead."""
        waiting = False
        with suppress(OSError, ValueError, ImportError):
            waiting = bool(select.select([self._stdin.fileno()], [], [], _BURST)[0])
            import termios  # noqa: PLC0415 - not on every system

            with suppress(termios.error):
                if waiting:
                    termios.tcflush(self._stdin.fileno(), termios.TCIFLUSH)
        return waiting

    def _wait(self) -> None:
        """Wait for a line, looking up now and then.

        A Ctrl-C that comes just before a read begins to wait would only be heard after it.
        """
        with suppress(OSError, ValueError):
            while not select.select([self._stdin.fileno()], [], [], _GLANCE)[0]:
                pass


def _editor() -> Any:  # noqa: ANN401 - a module that not every system has
    """The library for editing lines, or None."""
    try:
        import readline  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    if "libedit" in (readline.__doc__ or ""):
        return None  # it knows other settings, and would leave a paste and a stop to luck
    readline.clear_history()
    # Each line of a paste is a line, as if it had been typed.
    for setting in ("enable-bracketed-paste off", "enable-meta-key off", "bell-style none"):
        readline.parse_and_bind(f"set {setting}")
    readline.parse_and_bind("tab: complete")
    readline.set_completer_delims(",;")
    return readline


def _completer(words: Sequence[str]) -> Callable[[str, int], str | None]:
    """What completes the last of several answers; what is typed may begin any of these words."""

    def complete(typed: str, turn: int) -> str | None:
        begun = typed.lstrip()
        blanks = typed[: len(typed) - len(begun)]
        fitting = [each for each in words if each.lower().startswith(begun.lower())]
        return f"{blanks}{fitting[turn]}" if turn < len(fitting) else None

    return complete


@contextmanager
def _hearing(handlers: Mapping[int, Callable[[], None]]) -> Iterator[bool]:
    """Do this at these signals; whether they are heard, as only the main thread hears any."""
    before: dict[int, Any] = {}
    try:
        with suppress(ValueError):
            for number, handle in handlers.items():
                before[number] = signal.signal(number, lambda *_, handle=handle: handle())
        yield bool(before)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _glancing() -> Iterator[None]:
    """Look up now and then while a line is edited, for the reason that `_wait` has.

    The library for editing also drops what is raised while it calls back; so it is raised again.
    """
    heard = False

    def interrupt() -> None:
        nonlocal heard
        heard = True
        raise KeyboardInterrupt

    def glance() -> None:
        if heard:
            raise KeyboardInterrupt

    with _hearing({signal.SIGINT: interrupt, signal.SIGALRM: glance}) as hears:
        seconds = _GLANCE if hears else 0
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _redrawing(draw: Callable[[], None]) -> AbstractContextManager[bool]:
    """Draw a prompt again where a person stops the program and goes on with it."""
    resumed = getattr(signal, "SIGCONT", None)  # not on every system
    return _hearing({resumed: draw} if resumed else {})
