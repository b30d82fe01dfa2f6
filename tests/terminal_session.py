"""A program in a real pseudo-terminal, and what it shows there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from types import TracebackType
from typing import Self

from running import program

SECONDS = 20.0
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Session:
    """`legday` with these words, in a window of `width` columns.

    `screen` is everything shown so far. Lines are only sent once a prompt waits for them.
    """

    def __init__(self, *words: str, width: int = 80, **variables: str) -> None:
        self.screen = ""
        self.code: int | None = None
        self._read = 0
        kept = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLUMNS", "LINES"}}
        usual = {"TERM": "xterm-256color", "PAGER": "cat", **program()}
        environment = {**kept, **usual, **variables}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
            self._become([sys.executable, "-m", "advisor", *words], environment)

    @staticmethod
    def _become(words: list[str], environment: dict[str, str]) -> None:
        os.execve(words[0], words, environment)  # noqa: S606 - no shell is wanted

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def prompt(self, ends: str = "> ") -> str:
        """Wait for a prompt; give what was shown since the last one."""
        end = time.monotonic() + SECONDS
        while not self.screen[self._read :].endswith(ends):
            assert self.more(end), f"no prompt came:\n{self.screen}"
        return self._new()

    def until(self, words: str) -> str:
        """Wait until these words were shown; give all that was shown."""
        end = time.monotonic() + SECONDS
        while words not in self.text:
            assert self.more(end), f"`{words}` never came:\n{self.screen}"
        return self.text

    @property
    def text(self) -> str:
        """All that was shown, without what steers the terminal."""
        return _ESCAPE.sub("", self.screen).replace("\r\n", "\n").replace("\r", "")

    def resize(self, width: int) -> None:
        """Make the window as wide as this."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))

    def say(self, line: str) -> str:
        """Type a line, and give what is shown before the next prompt."""
        self.type(f"{line}\n")
        return self.prompt()

    def type(self, keys: str) -> None:
        self.send(keys.encode())

    def send(self, data: bytes) -> None:
        os.write(self.fd, data)
        self._read = len(self.screen)

    def end(self) -> str:
        """Wait until the program leaves; give what was shown since the last prompt."""
        end = time.monotonic() + SECONDS
        while self.more(end):
            pass
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._new()

    def _new(self) -> str:
        shown = self.screen[self._read :]
        self._read = len(self.screen)
        return _ESCAPE.sub("", shown).replace("\r\n", "\n")

    def more(self, end: float) -> bool:
        """Read what has come; False when the program is gone."""
        assert select.select([self.fd], [], [], max(0.0, end - time.monotonic()))[0], (
            f"nothing came for too long:\n{self.screen}"
        )
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # how Linux says that nobody is at the other end
            return False
        self.screen += data.decode(errors="replace")
        return bool(data)
