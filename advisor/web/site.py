"""A setting → the whole application: pages, the API beside them, and the guard before both."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from advisor.web import api, pages
from advisor.web.guard import Guard
from advisor.web.requests import TAKES
from advisor.web.setting import Setting

WORTH_PACKING = 4096  # bytes


def site(setting: Setting) -> ASGIApp:
    """The application for this rule base."""
    routes = [
        Route("/", pages.start),
        Route("/", pages.step, methods=["POST"]),
        Route("/plan.ics", pages.calendar, methods=["POST"]),
        *(Route(f"/api/{name}", api.answer, methods=["POST"]) for name in TAKES),
        Route("/api/openapi.json", api.described),
    ]
    hosts = [*setting.hosts] or ["*"]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(GZipMiddleware, minimum_size=WORTH_PACKING, compresslevel=5),
        ],
        exception_handlers={HTTPException: _not_so},
    )
    app.state.setting = setting
    return Guard(app, setting)


async def _not_so(_: Request, error: Exception) -> Response:
    """No such address, or another way to ask it."""
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls it with nothing else
    told = api.problem(error.status_code, error.detail.lower())
    told.headers.update(error.headers or {})
    return told
