"""Every request and every answer: limits on the one, and what the other says of safety.

A body is read here, whole or not at all; what is behind this never waits for a client.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.web.api import problem
from advisor.web.setting import Setting

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def policy(page: str = "") -> str:
    """The Content-Security-Policy of a page: its own style, by its hash, and nothing else."""
    hashes = (b64encode(sha256(each.encode()).digest()).decode() for each in _STYLE.findall(page))
    styles = " ".join(f"'sha256-{each}'" for each in hashes)
    return f"{_POLICY}; style-src {styles}" if styles else _POLICY


class Guard:
    """Around the application: nothing too large or too slow in, the right headers out."""

    def __init__(self, app: ASGIApp, setting: Setting) -> None:
        self.app, self.setting = app, setting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", _POLICY)
            await send(message)

        try:
            body = await self._body(scope, receive)
            if body is not None:
                await self.app(scope, _giving(body, receive), guarded)
        except _Refused as refused:
            await refused.answer(scope, receive, guarded)
        except Exception as error:  # the last resort: it is told to whom it befell, and not logged
            if begun:
                raise
            says = f"the program failed, please report this: {error!r}"
            await problem(500, "our mistake", (says,))(scope, receive, guarded)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body; None if whoever sent it is gone. Raises _Refused."""
        largest, body = self.setting.largest, b""
        said = Headers(scope=scope).get("content-length", "")
        if said.isdigit() and int(said[:20]) > largest:
            raise _Refused(413, f"the body is too large: expected at most {largest} bytes")
        try:
            with anyio.fail_after(self.setting.patience):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > largest:
                        raise _Refused(
                            413, f"the body is too large: expected at most {largest} bytes"
                        )
        except TimeoutError:
            raise _Refused(408, "the body did not arrive in time") from None
        return body


class _Refused(Exception):  # noqa: N818 - it is an answer
    """A request that is not looked at."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.answer = problem(status, "refused", (says,))


def _giving(body: bytes, receive: Receive) -> Receive:
    """A way to receive this body first."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
