"""Web pages become the text of their article, which is then cleaned like any other."""

from __future__ import annotations

import builtins
import json

import pytest

import cleaner
from cleaner.corpus.html import extract
from cleaner.errors import InputError

PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Harga Cabai Naik - Suara Melati</title></head>
<body><nav><a href="/">Beranda</a> <a href="/ekonomi">Ekonomi</a></nav>
<article><h1>Harga Cabai Naik</h1>
<p>BOGOR, SUARAMELATI.com - Harga cabai di Pasar Melati naik menjadi Rp 80.000 sekilo pada Senin pagi.</p>
<p>Baca juga: Harga Bawang di Pasar Melati Turun</p>
<p>Rina Sari, pedagang di pasar itu, mengeluh sepi pembeli karena harga terlalu tinggi bagi warga.</p>
<p>Pemerintah kota berjanji mendatangkan cabai dari daerah lain mulai pekan depan supaya harga turun.</p>
</article><footer>Hak cipta Suara Melati</footer></body></html>"""

PARAGRAPHS = 4


def test_the_article_comes_out_with_its_boilerplate() -> None:
    pytest.importorskip("trafilatura")
    text = extract(PAGE)
    assert "Beranda" not in text and "Hak cipta" not in text and "<" not in text
    assert "BOGOR, SUARAMELATI.com - Harga" in text
    assert "Baca juga: Harga Bawang di Pasar Melati Turun\n" in text
    assert text == text.strip("\n") and text.count("\n") == PARAGRAPHS


def test_bytes_are_decoded_as_the_page_says() -> None:
    pytest.importorskip("trafilatura")
    page = PAGE.replace("Rina", "Renée")
    assert "Renée Sari" in extract(page.encode())
    assert "Renée Sari" in extract(page.replace("utf-8", "iso-8859-1").encode("latin-1"))
    assert extract(page) == extract(page.encode())


def test_our_chain_follows_and_offsets_refer_to_the_extracted_text() -> None:
    pytest.importorskip("trafilatura")
    text = extract(PAGE)
    result = cleaner.clean(text)
    assert result.original == text
    assert "Baca juga" not in result.text and "SUARAMELATI" not in result.text
    assert result.revert() == text
    assert all(text[change.start : change.end] == change.before for change in result.changes)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("Harga cabai naik.", "no HTML page"),
        ("", "no HTML page"),
        (b"", "no HTML page"),
        ("<p></p>", "no article"),
        ("<html><body></body></html>", "no article"),
        (b"\x00\x01<\xff", "no article"),
    ],
)
def test_what_is_no_article_is_an_error_with_a_reason(page: str | bytes, message: str) -> None:
    pytest.importorskip("trafilatura")
    with pytest.raises(InputError, match=message):
        extract(page)


def test_a_missing_trafilatura_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.partition(".")[0] == "trafilatura":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"pip install 'bersih\[html\]'"):
        extract(PAGE)


def test_clean_takes_pages(run, in_tmp) -> None:
    pytest.importorskip("trafilatura")
    page = PAGE.replace("mengeluh sepi", "mengatakan tidka ada")
    (in_tmp / "berita.html").write_text(page, encoding="utf-8")
    done = run("clean", "berita.html", "-o", "bersih.txt", "--log", "log.jsonl")
    assert done.exit_code == 0, done.stderr
    text = (in_tmp / "bersih.txt").read_text(encoding="utf-8")
    assert "tidak ada pembeli" in text
    assert "Baca juga" not in text
    extracted = (in_tmp / "bersih.extracted.txt").read_text(encoding="utf-8")
    row = json.loads((in_tmp / "log.jsonl").read_text(encoding="utf-8").splitlines()[1])
    for change in row["changes"]:
        assert extracted[change["start"] : change["end"]] == change["before"]
    assert run("clean", "berita.html", "--in-place").exit_code == 2
    (in_tmp / "kosong.html").write_text("<html><body></body></html>", encoding="utf-8")
    done = run("clean", "kosong.html")
    assert done.exit_code == 2 and "kosong.html: no article" in done.stderr
