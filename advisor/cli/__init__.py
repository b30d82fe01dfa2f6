"""The command line: words → one function call → a report and an exit code."""

from __future__ import annotations

import gc
import sys

from advisor.cli.environment import Environment, Exit

GARBAGE = 50_000  # objects made before garbage is looked for: rules are many, and all are kept


def main() -> None:
    """Run `legday` on this process's command line and leave with its exit code."""
    gc.set_threshold(GARBAGE)
    environment = Environment.of_process()
    try:
        from advisor.cli.app import run  # where Ctrl-C is heard already

        code = run(sys.argv[1:], environment)
        environment.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough, which is no failure
        environment.abandon_output()
        code = Exit.DONE
    except OSError as error:  # such as a full disk behind standard output
        environment.abandon_output()
        environment.complain([f"cannot go on: {(error.strerror or repr(error)).lower()}"])
        code = Exit.FAILED
    except SystemExit as leaving:
        environment.abandon_output()
        if leaving.code != 1:  # with 1, Typer leaves where nobody reads on, which is no failure
            raise
        code = Exit.DONE
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except Exception as error:  # the last resort: nobody with a sore back should see a traceback
        if sys.flags.dev_mode:
            raise
        environment.complain([f"the program failed, please report this: {error!r}"])
        code = Exit.FAILED
    gc.freeze()  # all of it goes with the process: nobody need look through it first
    sys.exit(int(code))
