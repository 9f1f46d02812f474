"""Markdown files: only the prose is touched, and offsets are those of the file."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyromark", reason="needs pyromark: pip install 'bersih[markdown]'")

import cleaner
from cleaner.commands.documents import MarkdownCleaner
from cleaner.markdown import masked, prose_spans

CLEANER = MarkdownCleaner(cleaner.Cleaner(cleaner.Config(profile="typos")))

# Every "tidka" in capitals is prose and must be corrected, every other one must stay.
PAGE = """---
judul: tidka
---
# Judul TIDKA *TIDKA* `tidka` é

Ia TIDKA pulang ke [tautan TIDKA](docs/tidka.md "tidka") dan ![gambar TIDKA](b.png).
Lalu <b title="tidka">TIDKA</b> &lt; baris `` tidka ` tidka `` dengan [TIDKA][rujukan],
[tidka][], dan [tidka]. Lihat <https://tidka.id/a> 😀 TIDKA.

| a   | b      |
|-----|--------|
| TIDKA | `tidka` |

    kode tidka

```python
x = "tidka"
```

~~~
tidka
~~~

- butir TIDKA baru
  - butir TIDKA lagi

    ```sh
    tidka
    ```
- [ ] tugas TIDKA

> Kutipan TIDKA
> panjang TIDKA.

<div>
tidka
</div>

<!-- tidka -->

Rumus $tidka$, ~~TIDKA~~, _TIDKA_, __TIDKA__, catatan[^tidka].

[rujukan]: https://tidka.id/tidka "tidka"
[tidka]: tidka.html

[^tidka]: Kaki TIDKA.
"""


def test_prose_is_corrected_and_nothing_else():
    text = PAGE.replace("TIDKA", "tidka")
    result = CLEANER.clean(text)
    assert result.text == PAGE.replace("TIDKA", "tidak")
    assert result.original == text
    assert cleaner.apply(text, result.changes) == result.text
    assert all(text[c.start : c.end] == c.before == "tidka" for c in result.changes)
    assert all(result.text[c.cleaned_start : c.cleaned_end] == c.after for c in result.changes)


@pytest.mark.parametrize(
    "text",
    [
        "Baris satu  \nbaris dua\n",  # two spaces are a line break
        "| a   | b |\n|-----|---|\n| satu  | dua   |\n",  # a table is aligned
        "-   butir\n    -   butir\n",
        "Harga &lt;b&gt; &amp; \\*bintang\\*\n",
        "Kata.[^1]\n\n[^1]: Kaki.\n",
        "Judul\n=====\n\n---\n\n***\n",
        "    teks yang  menjorok\n",
        "+++\njudul = 'tidka'\n+++\n",
        "Satu\r\nDua\r\n",
    ],
)
def test_marks_and_layout_stay(text):
    assert CLEANER.clean(text).text == text


def test_what_lost_is_told():
    result = CLEANER.clean("Ia pulang.  \nIa makan.\n")
    assert [(item.before, item.rule, item.winner) for item in result.suppressed] == [
        ("  ", "spacing.trailing", "protected.markdown")
    ]


def test_suggestions_have_their_place_in_both_texts():
    result = CLEANER.clean("`tidka` Ia tidka  tahu *resiko* itu, `resiko`.\n")
    (suggestion,) = result.suggestions
    assert result.original[suggestion.start : suggestion.end] == "resiko"
    assert result.text[suggestion.cleaned_start : suggestion.cleaned_end] == "resiko"


MARKS = st.lists(
    st.sampled_from(
        ["tidka", "Ia", " ", "  ", "\n", "\n\n", "`", "```\n", "*", "_", "[", "](", ")", "|", "---\n",
         "> ", "- ", "    ", "<b>", "&amp;", "\\", "#", "é", "😀", ".", "\r\n", "~~", "$", "1. "]
    )
).map("".join)  # fmt: skip


@given(st.text() | MARKS)
def test_only_prose_changes(text):
    spans = prose_spans(text)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert len(masked(text, spans)) == len(text)
    result = CLEANER.clean(text)
    assert result.original == text and result.revert() == text
    assert cleaner.CleanResult.from_dict(result.to_dict()).text == result.text
    for change in result.changes:
        assert any(start <= change.start and change.end <= end for start, end in spans)
    for suggestion in result.suggestions:
        assert text[suggestion.start : suggestion.end] == suggestion.before


def test_the_commands_know_markdown_by_name_and_by_option(run, in_tmp):
    page = PAGE.replace("TIDKA", "tidka")
    for name in ("a.md", "b.MARKDOWN", "c.txt"):
        (in_tmp / name).write_bytes(page.encode())
    done = run(
        "clean", "a.md", "b.MARKDOWN", "-o", "bersih", "--log", "log.jsonl", "--profile", "typos", "-j", "2"
    )
    assert done.exit_code == 0
    clean = PAGE.replace("TIDKA", "tidak").encode()
    assert (
        (in_tmp / "bersih" / "a.md").read_bytes() == (in_tmp / "bersih" / "b.MARKDOWN").read_bytes() == clean
    )
    assert run("clean", "c.txt", "--format", "markdown", "--profile", "typos").stdout_bytes == clean
    assert run("clean", "c.txt", "--profile", "typos").stdout_bytes != clean
    assert run("revert", "log.jsonl", "bersih/a.md", "-o", "lagi.md").exit_code == 0
    assert (in_tmp / "lagi.md").read_bytes() == page.encode()
    (row, *_) = json.loads(run("check", "a.md", "--output-format", "json", "--profile", "typos").stdout)
    assert (row["line"], row["column"], row["before"]) == (4, 9, "tidka")


def test_a_rule_that_breaks_leaves_the_page_alone(run, in_tmp, monkeypatch):
    def broken(self, text, *, outlet=None):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(cleaner.Cleaner, "clean", broken)
    (in_tmp / "a.md").write_text("Ia `tidka` tidka.\n")
    done = run("clean", "a.md")
    assert (done.exit_code, done.stdout) == (2, "Ia `tidka` tidka.\n")
    assert "ZeroDivisionError" in done.stderr
