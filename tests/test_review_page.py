"""The review page in a real browser: keys, undo, search, filters, editing, hostile text, accessibility.

Needs Chromium, as Debian packages it. Where there is none these tests are skipped, unless the variable
CLEANER_BROWSER is "required", as in CI.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleaner import Cleaner, Config
from cleaner.decisions import Decisions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("CLEANER_BROWSER") == "required"
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no Chromium here (Debian: apt-get install chromium)"
)
FLAGS = """--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage
--disable-background-networking --disable-component-update --disable-sync""".split()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "CI needs Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Page:
    """A page under test, which must not complain."""

    def __init__(self, page: object) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")
        return self

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def settle(self) -> None:
        """Wait until all that was sent has been answered."""
        self.page.evaluate(
            "async () => { do { await line; await source.last; await show.turn; await loading; "
            "await new Promise((done) => setTimeout(done)); } while (queued || loading); await source.last; }"
        )

    def choose(self, text: str) -> None:
        """Select the group whose pair holds a text."""
        self.page.click(f"#list .row:has-text({json.dumps(text)})")
        self.page.wait_for_function(
            "text => document.querySelector('#pair').textContent.includes(text)", arg=text
        )
        self.page.wait_for_selector("#places .place")

    def rows(self) -> list[str]:
        return self.page.locator("#list .row .pair").all_inner_texts()

    def chosen(self) -> str:
        return self.page.inner_text("#list .row[aria-selected=true] .pair")

    def state_of(self, text: str) -> str:
        return self.page.text_content(f"#list .row:has-text({json.dumps(text)}) > .mark")


@pytest.fixture
def new_page(browser, review_server) -> Iterator[Callable[..., Page]]:
    """Make pages; at the end, and before their servers go, none of them may have complained."""
    pages: list[Page] = []

    def make(**settings: object) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "id-ID", **settings}
        )
        pages.append(Page(context.new_page()))
        return pages[-1]

    yield make
    for page in pages:
        page.page.context.close()
    assert [page.complaints for page in pages] == [[] for _ in pages]


@pytest.fixture
def page(new_page, review_log, review_server) -> Page:
    return new_page().open(review_server.start(review_log, "--who", "ana"))


def decided(folder: Path) -> list[tuple[str, ...]]:
    rows = [
        json.loads(line) for line in (folder / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [
        (
            row["scope"],
            row.get("before") or row.get("word") or row.get("shape") or row.get("rule"),
            row["decision"],
        )
        for row in rows
    ]


def test_keys_decide_and_go_on(page, in_tmp):
    assert len(page.rows()) == 8
    first = page.chosen()
    page.press("j", "k", "a", "r", "j", "a")
    page.settle()
    marks = [mark.strip() for mark in page.page.locator("#list .row > .mark").all_text_contents()]
    assert marks[:4] == ["✓", "✗", "", "✓"]
    assert page.rows()[0] == first
    assert [decision for _, _, decision in decided(in_tmp)] == ["accept", "reject", "accept"]
    assert "3 dari 8" in page.page.inner_text("#figures")


def test_undo_goes_back_to_the_first_decision(page, in_tmp):
    page.press("a", "r", "a", "u", "u", "u", "u")
    page.settle()
    page.page.wait_for_function("() => document.querySelector('#undo').disabled")
    assert "Tidak ada yang dapat diurungkan" in page.page.inner_text("#said")
    assert Decisions.read([in_tmp / "decisions.jsonl"]).votes == {}


def test_search_and_filters(page):
    page.press("/")
    page.page.keyboard.type("tidka")
    page.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 1")
    page.press("Enter", "a")
    page.settle()
    assert page.state_of("tidka") == "✓"
    page.page.fill("#q", "")
    page.page.select_option("#state", "accept")
    page.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 1")
    page.page.select_option("#state", "all")
    page.page.select_option("#rule", "boilerplate")
    page.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 2")
    page.page.select_option("#outlet", "Suara Kenanga")
    page.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 1")
    page.page.fill("#high", "0.1")
    page.page.wait_for_selector("#list .empty")
    page.page.fill("#high", "")
    page.page.wait_for_selector("#list .row")


def test_editing_the_right_side(page, in_tmp):
    page.choose("tidka")
    page.press("e")
    assert page.page.input_value("#right-side") == "tidak"
    page.page.fill("#right-side", "takkan 😀")
    page.press("Enter")
    page.settle()
    assert page.state_of("tidka") == "✎"
    assert "takkan 😀" in page.page.text_content("#list .row:has-text('tidka')")
    page.choose("aktid")
    page.press("e", "Escape")
    page.settle()
    assert decided(in_tmp) == [("pair", "tidka", "replace")]
    result = Cleaner(Config(decisions=str(in_tmp / "decisions.jsonl"))).clean("Desa itu tidka akan pindah.")
    assert result.text == "Desa itu takkan 😀 akan pindah."


def test_ignoring_a_word_and_noting_why(page, in_tmp):
    page.choose("aktid")
    page.press("n")
    page.page.keyboard.type("nama orang")
    page.press("Enter", "i")
    page.settle()
    assert decided(in_tmp) == [("word", "aktid", "ignore")]
    assert "nama orang" in (in_tmp / "decisions.jsonl").read_text(encoding="utf-8")
    assert {
        state.strip()
        for state in page.page.locator("#list .row:has-text('aktid') > .mark").all_text_contents()
    } == {"⊘"}


def test_one_by_one(page, in_tmp):
    page.page.click("#list .row:has-text('tidka')")
    page.press("Enter", "r", "j", "a", "Escape", "a")  # not waiting for the places to arrive
    page.settle()
    assert decided(in_tmp) == [
        ("change", "tidka", "reject"),
        ("change", "tidka", "accept"),
        ("pair", "tidka", "accept"),
    ]


def test_the_chosen_place_is_not_covered(new_page, review_log, review_server):
    page = new_page(viewport={"width": 1280, "height": 420})
    page.open(review_server.start(review_log))
    page.choose("tidka")
    page.press("Enter", "j", "j", "k", "k")
    page.settle()
    place = page.page.locator("#places .place[aria-selected=true]").bounding_box()
    head = page.page.locator("#detail").bounding_box()
    assert place["y"] >= head["y"] + head["height"] - 1


def test_what_cannot_be_done_is_said(page):
    page.choose("Baca juga")
    page.press("e")
    page.settle()
    assert "buka satu per satu (Enter)" in page.page.inner_text("#said")
    assert page.page.is_visible("#said")


def test_bulk_asks_with_the_count_and_is_one_undo(page, in_tmp):
    page.page.select_option("#rule", "typo")
    page.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 4")
    page.press("Escape", "A")
    page.page.wait_for_selector("#dialog[open]")
    assert page.page.inner_text("#dialog-title").startswith("Terima 4 kelompok dengan ")
    page.press("Escape")
    assert decided(in_tmp) == []
    page.press("A")
    page.page.wait_for_selector("#dialog[open]")
    page.press("Enter")
    page.page.wait_for_selector("#list .empty")
    assert len(decided(in_tmp)) == 4
    page.press("u")
    page.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 4")
    assert Decisions.read([in_tmp / "decisions.jsonl"]).votes == {}


def test_a_document_from_change_to_change(page, in_tmp):
    page.choose("aktid")
    page.press("o")
    page.page.wait_for_selector("#document[open]")
    text = page.page.inner_text("#text")
    assert "😀👨\u200d👩\u200d👧" in text
    assert page.page.inner_text("#text .change[aria-current=true] del") == "aktid"
    here = page.page.inner_text("#document-place")
    page.press("k")
    assert page.page.inner_text("#document-place") != here
    assert page.page.inner_text("#text .change[aria-current=true] del") == "tidka"
    page.press("r")
    page.page.wait_for_selector("#text .change.reject")
    page.press("Escape")
    page.page.wait_for_selector("#document:not([open])", state="attached")
    assert decided(in_tmp) == [("change", "tidka", "reject")]


def test_a_whole_rule(page, in_tmp):
    page.choose("resiko")
    page.page.click("#detail button[aria-label='Seluruh aturan: Tolak']")
    page.settle()
    page.page.wait_for_function("() => !document.querySelector('#list').textContent.includes('resiko')")
    assert decided(in_tmp) == [("rule", "typo.nonstandard", "reject")]


def test_hostile_text_is_only_text(page):
    page.choose("aktid")
    page.page.wait_for_selector("#places .place >> nth=1")
    assert "</script><script>alert(2)</script>" in page.page.inner_text("#places")
    page.page.click("#places .place:has-text('alert(2)') .link")
    page.page.wait_for_selector("#document[open]")
    assert "<img src=x onerror=alert(1)>" in page.page.inner_text("#text")
    assert "سلام" in page.page.inner_text("#text")
    assert page.page.locator("#text img, #text script, #places script").count() == 0


def test_both_languages_and_it_is_remembered(page):
    assert page.page.get_attribute("html", "lang") == "id"
    page.press("l")
    assert page.page.get_attribute("html", "lang") == "en"
    assert page.page.inner_text("#undo").startswith("Undo")
    assert "8 groups" in page.page.inner_text("#shown")


def test_a_reload_needs_no_token_in_the_address(page):
    assert "#" not in page.page.url
    page.press("a")
    page.settle()
    page.page.reload()
    page.page.wait_for_selector("html[data-ready]")
    assert len(page.rows()) == 7


def test_without_the_token_nothing_is_shown(new_page, review_log, review_server):
    page = new_page()
    page.page.goto(review_server.start(review_log).partition("#")[0])
    assert "Buka alamat yang dicetak" in page.page.inner_text("#alert")
    assert "tidka" not in page.page.content()


def test_a_dead_server_is_told_and_loses_nothing(new_page, review_log, review_server):
    page = new_page().open(review_server.start(review_log, "--who", "ana"))
    page.press("a", "r")
    page.settle()
    review_server.end(kill=True)
    page.press("a")
    page.page.wait_for_selector("#alert:not([hidden])")
    assert "tidak menjawab" in page.page.inner_text("#alert")
    assert page.complaints
    page.complaints.clear()  # the browser's own word on the lost connection
    again = new_page().open(review_server.start(review_log, "--who", "ana"))
    assert "2 dari 8" in again.page.inner_text("#figures")


def test_two_reviewers_and_their_conflict(new_page, review_log, review_server, in_tmp):
    ana = new_page().open(review_server.start(review_log, "--who", "ana", "--decisions", "ana.jsonl"))
    ana.choose("tidka")
    ana.press("a")
    ana.settle()
    budi = new_page().open(
        review_server.start(review_log, "--who", "budi", "--decisions", "budi.jsonl", "--also", "ana.jsonl")
    )
    budi.page.select_option("#state", "all")
    budi.choose("tidka")
    assert budi.state_of("tidka") == "✓"
    budi.press("r")
    budi.settle()
    budi.page.select_option("#state", "conflict")
    budi.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 1")
    budi.choose("tidka")
    budi.page.wait_for_selector("#detail .votes")
    assert "ana: diterima · budi: ditolak" in budi.page.inner_text("#detail .votes")
    assert len(Decisions.read([in_tmp / "ana.jsonl", in_tmp / "budi.jsonl"]).conflicts()) == 1
    budi.press("r")
    budi.settle()
    assert Decisions.read([in_tmp / "ana.jsonl", in_tmp / "budi.jsonl"]).conflicts() == []


def test_downloads(page):
    page.choose("tidka")
    page.press("a")
    page.settle()
    for label, name in (("Unduh keputusan", "decisions.jsonl"), ("Unduh sebagai data emas", "gold.jsonl")):
        page.press("s")
        with page.page.expect_download() as waiting:
            page.page.click(f"#dialog button:has-text('{label}')")
        assert waiting.value.suggested_filename == name
        assert "tidka" in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_a_phone_is_wide_enough(new_page, review_log, review_server):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.open(review_server.start(review_log))
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.page.tap("#list .row:has-text('tidka')")
    page.page.tap("#detail button:has-text('Tolak')")
    page.settle()
    assert page.state_of("tidka") == "✗"
    page.page.tap("#filters summary")
    page.page.fill("#q", "dimana")
    page.page.wait_for_function("() => document.querySelectorAll('#list .row').length === 1")
    page.page.wait_for_selector("#places .link")
    page.page.tap("#places .link >> nth=0")
    page.page.wait_for_selector("#document[open]")
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_accessibility_rules(new_page, review_log, review_server, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.open(review_server.start(review_log))
    page.press("a", "r")
    page.settle()
    page.choose("tidka")
    problems = []

    def look(view: str) -> None:
        found = Axe().run(page.page).response["violations"]
        problems.extend((view, one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found)

    look("list")
    page.press("Enter", "j")
    look("one by one")
    page.press("o")
    page.page.wait_for_selector("#document[open]")
    look("document")
    page.press("Escape", "Escape", "e")
    page.page.wait_for_selector("#dialog[open]")
    look("edit")
    page.press("Escape", "?")
    look("help")
    page.press("Escape", "s")
    page.page.wait_for_selector("#dialog table")
    look("figures")
    assert problems == []


def test_everything_can_be_reached_with_the_tab_key(page):
    seen = set()
    for _ in range(40):
        page.press("Tab")
        seen.add(page.page.evaluate("() => document.activeElement.id || document.activeElement.textContent"))
        assert page.page.evaluate(
            "() => document.activeElement === document.body "
            "|| getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        )
    assert {
        "q",
        "state",
        "sort",
        "rule",
        "outlet",
        "kind",
        "low",
        "high",
        "list",
        "stats",
        "note",
        "accept-all",
    } <= seen


def test_two_hundred_decisions_by_key(new_page, review_server, in_tmp):
    """As a reviewer works: 200 groups with real key events, each decision in the file afterwards."""
    words = [f"{a}{b}{c}" for a in "bcdfg" for b in "aeiou" for c in "klmnprstwy"][:210]
    text = " ".join(f"me{word}" for word in words)
    changes, start = [], 0
    for word in words:
        before = f"me{word}"
        end = start + len(before)
        changes.append(
            {
                "id": "0" * 12,
                "start": start,
                "end": end,
                "cleaned_start": start,
                "cleaned_end": end,
                "before": before,
                "after": before.upper(),
                "rule": "typo.nonword",
                "reason": "",
                "confidence": 0.9,
                "stage": "typo",
            }
        )
        start = end + 1
    from cleaner.result import sha256

    header = {"schema": "cleaner.log/1", "text_field": "text", "id_field": None, "config": {}}
    row = {
        "doc_id": "a",
        "file": "a.txt",
        "sha256": {"original": sha256(text), "cleaned": sha256(text.upper())},
        "changes": changes,
        "suggestions": [],
    }
    (in_tmp / "a.txt").write_text(text)
    (in_tmp / "log.jsonl").write_text(json.dumps(header) + "\n" + json.dumps(row) + "\n")
    page = new_page().open(review_server.start("log.jsonl", "--who", "ana"))
    began = time.monotonic()
    for number in range(200):
        page.press("a" if number % 3 else "r")
    page.settle()
    assert time.monotonic() - began < 60  # a person has ten minutes; the page must not be what they wait for
    lines = decided(in_tmp)
    assert [before for _, before, _ in lines] == [f"me{word}" for word in words[:200]]
    assert [decision for _, _, decision in lines] == [
        "accept" if number % 3 else "reject" for number in range(200)
    ]
    assert "200 dari 210" in page.page.inner_text("#figures")


def test_a_report_needs_no_server(new_page, review_log, run, in_tmp):
    assert run("report", "log.jsonl", "--html", "laporan.html").exit_code == 0
    page = new_page().open((in_tmp / "laporan.html").as_uri())
    assert len(page.rows()) == 8
    page.choose("tidka")
    page.press("a")
    page.choose("aktid")
    page.press("e")
    page.page.fill("#right-side", "giat")
    page.press("Enter")
    page.choose("Baca juga")
    page.press("r")
    page.choose("dimana")
    page.press("i")
    page.choose("resiko")
    page.press("Enter", "a", "Escape", "u")
    page.page.wait_for_function("() => document.querySelector('#figures').textContent.includes('4 dari 8')")
    page.press("/")
    page.page.keyboard.type("aktid")
    page.page.wait_for_function("() => document.querySelector('#shown').textContent.startsWith('0 ')")
    page.page.select_option("#state", "all")
    page.page.wait_for_function("() => document.querySelector('#shown').textContent.startsWith('1 ')")
    page.press("Escape", "s")
    with page.page.expect_download() as waiting:
        page.page.click("#dialog button:has-text('Unduh keputusan')")
    waiting.value.save_as(in_tmp / "d.jsonl")
    page.press("o")
    page.page.wait_for_selector("#document[open]")
    assert "alert(" not in " ".join(page.complaints)
    (in_tmp / "unduh").mkdir()
    result = run("clean", "berita.jsonl", "--decisions", "d.jsonl", "-q").stdout
    texts = [json.loads(line)["text"] for line in result.splitlines()]
    assert "Desa itu tidak akan pindah.\nBaca juga: Harga Cabai Naik\n" in texts[0]
    assert "warga yang giat bertanya" in texts[1]
    assert "dimana saja" in texts[3]
    assert "resiko banjir" in texts[3]


def test_a_report_keeps_what_was_decided(new_page, review_log, run, in_tmp):
    run("report", "log.jsonl", "--html", "laporan.html")
    page = new_page().open((in_tmp / "laporan.html").as_uri())
    page.press("a", "r")
    page.page.wait_for_function("() => document.querySelector('#figures').textContent.includes('2 dari 8')")
    page.page.reload()
    page.page.wait_for_selector("html[data-ready]")
    assert "2 dari 8" in page.page.inner_text("#figures")


def test_a_report_asks_nothing_of_the_network(new_page, review_log, run, in_tmp):
    run("report", "log.jsonl", "--html", "laporan.html")
    page = new_page()
    asked = []
    page.page.on("request", lambda request: asked.append(request.url))
    page.open((in_tmp / "laporan.html").as_uri())
    page.press("a", "j", "o")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_the_figures_fit_on_one_line_and_on_a_phone(new_page, review_log, review_server):
    address = review_server.start(review_log, "--who", "ana")
    page = new_page().open(address)
    page.press("a", "a", "r", "a")
    page.settle()
    lines = page.page.evaluate(
        "[$('figures').offsetHeight, parseFloat(getComputedStyle($('figures')).lineHeight)]"
    )
    assert "ketepatan" in page.page.inner_text("#figures") and lines[0] < 1.5 * lines[1]
    phone = new_page(viewport={"width": 390, "height": 844}).open(address)
    phone.press("s")
    phone.page.wait_for_selector("#dialog table")
    wide, there = phone.page.evaluate(
        "[$('dialog').querySelector('.scroll')].map((e) => [e.scrollWidth, e.clientWidth])[0]"
    )
    assert wide <= there
    assert not phone.page.locator("#dialog td.c0").first.is_visible()


def test_numbers_are_as_exact_as_they_are_known(page):
    """An interval of fifty points needs no decimals; confidences that look equal are one."""
    asked = (
        "[shares([0.834, 0.467, 0.961]), shares([0.993, 0.989, 0.996]), "
        "sure({low: 0.996, high: 1}), sure({low: 0.9, high: 0.95})]"
    )
    assert page.page.evaluate(asked) == ["83 % (47–96)", "99,3 % (98,9–99,6)", "1,00", "0,90–0,95"]


def test_a_sign_stays_with_its_word_in_a_document(page):
    """At no width does a line end between the minus or plus and what it is about."""
    page.choose("Baca juga")
    page.press("o")
    page.page.wait_for_selector("#text .change del")
    for width in range(200, 600, 7):
        apart = page.page.evaluate(
            """width => {
              $('text').firstChild.style.width = width + 'px';
              return [...$('text').querySelectorAll('del, ins')].filter((e) => {
                const first = e.firstChild.getClientRects()[0];
                return e.getClientRects()[0].top < first.top - 5;
              }).length;
            }""",
            width,
        )
        assert apart == 0, width


def test_the_outline_of_the_focus_lies_above_judged_rows(page):
    """The rows are drawn before it, and can still be clicked."""
    page.press("a", "a", "a")
    page.settle()
    layers = page.page.evaluate(
        "[$('list'), $('list').firstChild].map(getComputedStyle).map((s) => s.isolation + s.zIndex)"
    )
    assert layers == ["isolateauto", "auto-1"]
    page.page.click("#list .row >> nth=2")
    assert page.page.get_attribute("#list .row >> nth=2", "aria-selected") == "true"
