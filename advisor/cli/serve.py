"""`legday serve`: the questions, the plan and an API as pages of this machine."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from advisor.answers import AnswerError, quoted
from advisor.cli.countries import country_code
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Country, Rules, naming, whole
from advisor.load import load_rules

PORT = 8000
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NAMES = (*LOOPBACK[:2], "[::1]")  # of this machine, as browsers write them


def run(
    environment: Environment,
    *,
    host: Annotated[
        str, Option(help="The address to listen at; all but this machine's own are open to others.")
    ] = LOOPBACK[0],
    port: Annotated[
        int | None,
        Option(help="The port to listen at (default: 8000).", parser=whole(1, 65535, "port")),
    ] = None,
    country: Country = None,
    rules: Rules = None,
) -> int:
    """The questions and the plan as a page in the browser, with an API beside it."""
    try:
        from uvicorn import Config, Server

        from advisor.web.setting import Setting
        from advisor.web.site import site
    except ImportError as missing:
        hint = "pip install 'legday-advisor[serve]'"
        raise AnswerError([f"a page needs {quoted(missing.name)} ({hint})"]) from None
    code = environment.country if country is None else country_code(country)
    options = (*naming(rules), *(("--country", code) if country is not None else ()))
    own = host in LOOPBACK
    app = site(Setting(load_rules(rules), code, options, NAMES if own else ()))
    address = f"http://{f'[{host}]' if ':' in host else host}:{port or PORT}"
    if not own:
        environment.warn(["others can reach this page, and nothing hides what they send to it"])
    environment.stderr.write(f"{address} (Ctrl-C ends it)\n")
    environment.stderr.flush()
    try:
        Server(
            Config(
                app,
                host,
                port or PORT,
                log_level="critical",
                access_log=False,
                lifespan="off",
                server_header=False,
                limit_concurrency=100,
            )
        ).run()
    except SystemExit:  # it tells of its own end so, and says why only in its log
        raise AnswerError(
            [f"cannot listen at {quoted(address)}: taken, or not of this machine"]
        ) from None
    return Exit.DONE
