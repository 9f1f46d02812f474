"""``cleaner doctor``: is this installation whole? What to send along with a bug report."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable

import click

from cleaner import __version__
from cleaner.commands.options import load_settings, put
from cleaner.engine import Cleaner
from cleaner.errors import CleanerError

_LIBRARIES = ("ahocorasick_rs", "click", "ftfy", "marisa-trie", "msgspec", "rapidfuzz", "regex")
_EXTRAS = {"html": "trafilatura"}
_SAMPLE = (
    "TRIBUNNEWS.COM - Beijing ingin lebih aktid.Kata dia, &quot;tidka&quot; akan.\nBaca juga: Harga Turun\n"
)
_CLEANED = 'Beijing ingin lebih aktif. Kata dia, "tidak" akan.\n'


class Problem(Exception):  # noqa: N818 - what doctor finds is no error of the program
    """What is wrong, and what to do about it."""


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Check this installation: versions, dictionary, settings, and a self-test.

    Exit code 2 if something is wrong. Asks no network and writes nothing.
    """
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("cleaner", _package),
        ("python", _python),
        ("libraries", _libraries),
        ("extras", _extras),
        ("dictionary", _dictionary),
        ("settings", _settings),
        ("self-test", _self_test),
    )
    healthy = True
    for name, check in checks:
        try:
            state, words = "ok", check()
        except (Problem, CleanerError) as problem:
            state, words, healthy = "WRONG", str(problem), False
        put(f"{state:5}  {name:10}  {words}\n")
    if not healthy:
        ctx.exit(2)


def _package() -> str:
    from cleaner.spelling.data import data_folder

    return f"{__version__}, data in {data_folder()}"


def _python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()} on {platform.platform()}"


def _libraries() -> str:
    from importlib import metadata

    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError as error:
            raise Problem(f"{name} is missing; install the package again: pip install bersih") from error
    return ", ".join(found)


def _extras() -> str:
    from importlib import metadata, util

    states = []
    for extra, module in _EXTRAS.items():
        installed = util.find_spec(module) is not None
        states.append(
            f"{extra}: {module} {metadata.version(module)}"
            if installed
            else f"{extra}: not installed (pip install 'bersih[{extra}]')"
        )
    return ", ".join(states)


def _dictionary() -> str:
    from cleaner.spelling.data import CHECKSUMS, checksums, data_file, data_fingerprint

    listed = data_file(CHECKSUMS)
    right = listed.read_text("utf-8").splitlines()
    found = set(checksums(listed.parent).splitlines())
    damaged = [line.split()[1] for line in right if line not in found]
    if damaged:
        raise Problem(
            f"missing or damaged: {', '.join(damaged)} in {listed.parent}; install the package again"
        )
    return f"{len(right)} binary files with the right checksums, fingerprint {data_fingerprint()}"


def _settings() -> str:
    settings = load_settings(config_file=None, isolated=False)
    return f"fine; read from {settings.file or 'no file'}"


def _self_test() -> str:
    from cleaner.contract import broken_promises

    started = time.perf_counter()
    result = Cleaner().clean(_SAMPLE)
    broken = broken_promises(result)
    if result.text != _CLEANED:
        broken.append(f"the sample becomes {result.text!r}")
    if broken:
        raise Problem(f"{'; '.join(broken)}. Please report this, with all lines above")
    took = time.perf_counter() - started
    stages = {step.stage for change in result.changes for step in change.steps}
    return f"{len(result.changes)} changes by {len(stages)} stages, all as expected, in {took:.2f} s"
