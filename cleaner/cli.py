"""The command ``cleaner``: its subcommands, and how a run ends.

Data go to standard output, everything else to standard error. Exit codes: 0 fine; 1 ``check`` or
``diff`` found changes; 2 wrong usage, configuration or input; 130 interrupted; 141 the reader of a
pipe went away.

Only this module and `cleaner.commands` import click. What takes time to import (ftfy, regex, msgspec
and the dictionary) is imported where it is used, so that ``cleaner --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

from cleaner import __version__
from cleaner.commands.apply import apply
from cleaner.commands.check import check, diff
from cleaner.commands.clean import clean
from cleaner.commands.config import config
from cleaner.commands.corpus import corpus
from cleaner.commands.dictionary import dictionary
from cleaner.commands.discover import discover
from cleaner.commands.doctor import doctor
from cleaner.commands.explain import explain, rules
from cleaner.commands.finished import sample, stats, verify
from cleaner.commands.options import say
from cleaner.commands.promote import promote
from cleaner.commands.revert import revert
from cleaner.commands.review import report, review
from cleaner.commands.serve import serve
from cleaner.errors import CleanerError

_INTERRUPTED = 130  # 128 + SIGINT, as the shell reports it
_BROKEN_PIPE = 141  # 128 + SIGPIPE


class _Commands(click.Group):
    """Turns the ways a command can fail into one line on stderr and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # a broken pipe shows here at the latest
        except CleanerError as error:
            say(str(error))
            ctx.exit(2)
        except KeyboardInterrupt:
            # Python remembers an interrupt inside `eval`, where NamedTuple makes its classes, and would end
            # by the signal instead of by our exit code. Another `eval` makes it forget.
            eval("None")  # noqa: S307
            say("interrupted; unfinished files were not written")
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            # What is still buffered would fail again when the interpreter closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_BROKEN_PIPE)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # Python would end with 1, which says that check found changes
            traceback.print_exc()
            say("this is a bug; please report it with the lines above")
            ctx.exit(2)
        return result


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 check or diff found changes, 2 usage, configuration or input error.",
)
@click.version_option(__version__, prog_name="cleaner")
def cli() -> None:
    """Clean Indonesian text: repair characters, remove boilerplate, correct typos.

    Every change is logged and can be undone. "-" is standard input.
    """


COMMANDS = (
    *(clean, check, diff, explain, rules, revert),
    *(corpus, verify, stats, sample),
    *(review, apply, promote, report),
    *(discover, dictionary, config, doctor, serve),
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    cli(prog_name="cleaner")
