"""Fuzz `clean` with atheris (libFuzzer): texts made of hostile pieces, guided by coverage.

    pip install atheris                                   # Linux, CPython
    python benchmarks/fuzz.py --seconds 1800 --save crashes
    python benchmarks/fuzz.py crashes/crash-...           # one finding again

A finding is an exception that is not documented, a result that breaks a promise of `cleaner.contract`,
another answer on the second asking, or a text that takes more than `SLOWEST` seconds. Only the code of
`cleaner` is instrumented. The input bytes are not the text: they choose among pieces that our rules
react to, so that the fuzzer does not have to discover "Baca juga:" letter by letter.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cleaner"]):
    from cleaner import Cleaner, Config
    from cleaner.contract import broken_promises
    from cleaner.rules.packs import load_packs

    # Much is imported at the first text only, and has to be within reach of the instrumentation too.
    for profile in ("news", "informal"):
        Cleaner(Config(profile=profile)).clean("Baca juga: Ia tidka &amp; dia Ã© lari dan dan.").diff("html")

SLOWEST = 5.0

PIECES = (
    *"Presiden Joko Widodo menghadiri rapat koordinasi di Jakarta kemarin tidka aktid yang yg".split(),
    *"di ke dari nya kah lah pun ber me per ter se ku mu si sang para antar pasca non anti".split(),
    *". , ; : ! ? - – — … ( ) [ ] { } < > / \\ | ' \" “ ” ‘ ’ « » ` * _ # @ & % $ + = ~ ^".split(),
    *"Baca juga: Baca Juga Lihat juga: Editor: Penulis: Pewarta: Reporter: ADVERTISEMENT Tags:".split(),
    *"Ã© â€™ â€œ Ã¢â‚¬â„¢ &amp; &amp;amp; &#8217; &nbsp; &lt;p&gt; <br> <p> \\u00e9 =E2=80=99 %20".split(),
    *"Rp 1.500.000 10,5 2023 09.30 WIB 12/5 B1234XYZ kg km/jam ke-2 1 2 3".split(),
    *"a b A B Å é ñ ь Ж 中 文 ال ع ि ก 👍 👨‍👩‍👧 🇮🇩 ß İ ı ﬁ".split(),
    *(
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "\v",
        "\f",
        "\0",
        "\x1b[0m",
        "\x7f",
        "\x85",
        "\xa0",
        "\xad",
    ),
    *("\u0300", "\u0307", "\u200b", "\u200d", "\u200e", "\u202e", "\u2028", "\u2029", "\u2066", "\u3000"),
    *("\ufeff", "\ufffd", "\ufffc", "\ufe0f", "\U000e0041", "\U0001f3fb", "\uffff", "\U0010ffff"),
    *sorted({trigger for pack in load_packs() for rule in pack.rules for trigger in rule.trigger}),
)
CLEANERS = (
    Cleaner(),
    Cleaner(Config(profile="informal", strength="recall")),
    Cleaner(Config(profile="baku", strength="recall", ignore_words=("Presiden",), ignore_patterns=(r"\d+",))),
)


def text_of(data: bytes) -> tuple[Cleaner, str]:
    """The cleaner and the text that the bytes stand for."""
    provider = atheris.FuzzedDataProvider(data)
    cleaner = CLEANERS[provider.ConsumeIntInRange(0, len(CLEANERS) - 1)]
    out: list[str] = []
    while provider.remaining_bytes():
        kind = provider.ConsumeIntInRange(0, 15)
        if kind == 0:  # any letters
            out.append(provider.ConsumeUnicodeNoSurrogates(8))
        elif kind == 1 and out:  # a run of the last piece
            out.append(out[-1][:20] * provider.ConsumeIntInRange(2, 40))
        else:
            piece = PIECES[provider.ConsumeIntInRange(0, len(PIECES) - 1)]
            if kind == 2:
                piece = piece.upper()
            elif kind == 3:  # mojibake
                piece = piece.encode("utf-8").decode("cp1252", "replace")
            elif kind == 4:
                piece = piece[::-1]
            out.append(piece if kind < 10 else piece + " ")
    return cleaner, "".join(out)


def test_one_input(data: bytes) -> None:
    """What libFuzzer calls."""
    cleaner, text = text_of(data)
    started = time.process_time()
    result = cleaner.clean(text)
    if time.process_time() - started > SLOWEST:
        raise AssertionError(f"{len(text)} code points take {time.process_time() - started:.1f} s")
    broken = broken_promises(result)
    if broken:
        raise AssertionError(f"{broken} for {text!r}")
    if cleaner.clean(text).to_dict() != result.to_dict():
        raise AssertionError(f"two answers for {text!r}")
    _ = result.metadata, result.marked(), result.diff("html")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="*", type=Path, help="findings to run again")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--save", type=Path, default=Path("crashes"), help="folder for findings")
    options = parser.parse_args()
    if options.inputs:
        for path in options.inputs:
            print(repr(text_of(path.read_bytes())[1]))
            try:
                test_one_input(path.read_bytes())
                print("fine")
            except Exception:
                traceback.print_exc(file=sys.stdout)
        return
    options.save.mkdir(exist_ok=True)
    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        f"-artifact_prefix={options.save}/",
        "-max_len=1024",
        "-len_control=0",  # long texts from the start: most of our rules look at neighbours
        "-timeout=30",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        "-close_fd_mask=0",
    ]
    atheris.Setup(arguments, test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
