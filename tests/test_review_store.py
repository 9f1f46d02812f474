"""The working copy of a log, and a session on it: grouping, contexts, undo, what survives a restart."""

from __future__ import annotations

import gzip
import json
import lzma
import shutil
import sqlite3
from pathlib import Path

import pytest

from cleaner import InputError
from cleaner.corpus.files import OutputError
from cleaner.decisions import Decisions
from cleaner.review.documents import Documents
from cleaner.review.filters import Filter
from cleaner.review.gold import gold_rows
from cleaner.review.groups import Groups
from cleaner.review.precision import Judged, wilson
from cleaner.review.session import Session
from cleaner.review.store import meta_of, open_store
from cleaner.review.visible import visible


@pytest.fixture(autouse=True)
def closed(monkeypatch):
    """Close what a test opened; Python 3.13 warns of databases that are left open."""
    opened: list[sqlite3.Connection] = []

    def connect(*args, real=sqlite3.connect, **options):
        opened.append(real(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", connect)
    yield
    for db in opened:
        db.close()


@pytest.fixture
def store(review_log) -> sqlite3.Connection:
    return open_store(review_log)


@pytest.fixture
def groups(store) -> Groups:
    return Groups(store)


@pytest.fixture
def documents(store) -> Documents:
    return Documents(store)


@pytest.fixture
def session(review_log):
    opened = Session(open_store(review_log), review_log.parent / "decisions.jsonl", who="ana")
    yield opened
    opened.file.close()


def find(groups: Groups, text: str) -> dict[str, object]:
    (group,) = groups.page(Filter(state="all", q=text))
    return group


def states(session: Session) -> dict[str, str | None]:
    return {group["before"]: group["state"] for group in session.groups.page(Filter(state="all"))}


def test_pairs_are_counted_over_documents_and_outlets(groups):
    group = find(groups, "tidka")
    assert (group["rule"], group["before"], group["after"]) == ("typo.nonword", "tidka", "tidak")
    assert (group["changes"], group["suggestions"], group["docs"], group["outlets"]) == (4, 0, 3, 2)
    assert 0 < group["low"] <= group["high"] <= 1
    assert groups.outlets_of(group["id"]) == [("Warta Melati", 2), ("Suara Kenanga", 1)]


def test_boilerplate_is_grouped_by_rule_and_shape(groups):
    group = find(groups, "Baca juga")
    assert (group["changes"], group["shape"]) == (3, "Aa:…")


def test_a_place_stands_in_its_context(groups, documents):
    (place, *_) = documents.places(find(groups, "tidka")["id"])
    assert (place["doc_id"], place["line"], place["outlet"]) == ("a1", 1, "Warta Melati")
    assert place["left"].endswith("Desa itu ")
    assert place["right"].startswith(" akan pindah.⏎Baca juga")


def test_contexts_are_paged(groups, documents):
    group = find(groups, "tidka")["id"]
    first = documents.places(group, limit=3)
    rest = documents.places(group, after=first[-1]["id"])
    assert [len(first), len(rest)] == [3, 1]


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        (Filter(q="TIDK"), 1),
        (Filter(q="%"), 0),
        (Filter(q="_i_"), 0),
        (Filter(rule="typo.nonstandard"), 1),
        (Filter(rule="boilerplate"), 2),
        (Filter(rule="typ"), 0),
        (Filter(outlet="Warta Melati", q="dimana"), 0),
        (Filter(outlet="Suara Kenanga", q="dimana"), 1),
        (Filter(kind="suggestions"), 2),
        (Filter(kind="suggestions", rule="typo.nonstandard"), 1),
        (Filter(high=0.01), 0),
        (Filter(low=0.99, high=1.0, q="resiko"), 0),
        (Filter(state="accept"), 0),
    ],
)
def test_filters(groups, chosen, count):
    assert groups.count(chosen)[0] == len(groups.page(chosen)) == count


def test_every_order_is_paged_without_gaps(groups):
    everything = {group["id"] for group in groups.page(Filter())}
    for order in ("count", "doubt", "rule", "chance"):
        seen, after = [], -1
        while page := groups.page(Filter(sort=order), after, limit=2):
            seen += [group["id"] for group in page]
            after = page[-1]["rank"]
        assert len(seen) == len(set(seen))
        assert set(seen) == everything
    counts = [g["changes"] + g["suggestions"] for g in groups.page(Filter(sort="count"))]
    assert counts == sorted(counts, reverse=True)
    lows = [g["low"] for g in groups.page(Filter(sort="doubt"))]
    assert lows == sorted(lows)


def test_a_document_in_pieces(documents):
    document = documents.document(2)
    pieces = document["pieces"]
    plain = "".join(piece.get("text", "") for piece in pieces)
    assert "<img src=x onerror=alert(1)>" in plain
    changes = [piece["change"] for piece in pieces if "change" in piece]
    assert "⟨202E⟩" in [change["before"] for change in changes]
    assert [change["before"] for change in changes if change["rule"].startswith("typo")] == ["tidka", "aktid"]
    assert documents.document(99) is None


def test_the_cleaned_file_will_do(review_log):
    (review_log.parent / "berita.jsonl").unlink()
    store = open_store(review_log, review_log.parent / "bersih.jsonl")
    groups, documents = Groups(store), Documents(store)
    (place, *_) = documents.places(find(groups, "tidka")["id"])
    assert place["left"].endswith("Desa itu ")
    assert documents.original(documents.doc(0)).startswith("TRIBUNNEWS.COM - Desa itu tidka")


def test_without_texts_there_is_no_context(review_log):
    (review_log.parent / "berita.jsonl").unlink()
    (review_log.parent / "bersih.jsonl").unlink()
    store = open_store(review_log)
    groups, documents = Groups(store), Documents(store)
    assert json.loads(meta_of(store)["missing"]) == ["berita.jsonl"]
    assert documents.places(find(groups, "tidka")["id"])[0]["left"] is None
    assert documents.document(0)["pieces"] is None
    assert len(documents.document(0)["changes"]) >= 4


def test_an_edited_text_is_not_shown_as_the_original(review_log):
    articles = review_log.parent / "berita.jsonl"
    articles.write_text(articles.read_text(encoding="utf-8").replace("Desa", "Kota"), encoding="utf-8")
    documents = Documents(open_store(review_log))
    assert documents.original(documents.doc(0)) is None
    assert documents.original(documents.doc(1)) is not None


def test_texts_in_plain_files(run, in_tmp):
    for name, word in (("a.txt", "tidka"), ("b.txt", "aktid")):
        (in_tmp / name).write_text(f"Ia {word} pulang ke desa itu.\n")
    run("clean", "a.txt", "b.txt", "-o", "out", "--log", "log.jsonl", "-q")
    documents = Documents(open_store(in_tmp / "log.jsonl"))
    assert [documents.original(documents.doc(n))[:8] for n in range(2)] == ["Ia tidka", "Ia aktid"]


def zstandard_open(path: Path, mode: str):
    return pytest.importorskip("zstandard").open(path, mode)


@pytest.mark.parametrize(
    ("pack", "name"),
    [(gzip.open, "log.jsonl.gz"), (lzma.open, "log.jsonl.xz"), (zstandard_open, "changes.jsonl.zst")],
)
def test_packed_logs_and_folders_of_a_run(review_log, pack, name):
    folder = review_log.parent / "run"
    folder.mkdir()
    data = review_log.read_bytes()
    for half in (data[:700], data[700:]):  # a run writes in pieces, each a frame of its own
        with pack(folder / name, "ab") as out:
            out.write(half)
    shutil.copy(review_log.parent / "bersih.jsonl", folder)  # JSON lines, but no log
    store = open_store(folder)
    groups, documents = Groups(store), Documents(store)
    assert find(groups, "tidka")["changes"] == 4
    assert documents.original(documents.doc(0)) is not None


WORDS = ("", "a", "TIDK", "é", "ÉLITE", "baca", "k", "zzz", "_", "%")


@pytest.mark.parametrize("chunk", [1, 900])
@pytest.mark.parametrize("sort", ["count", "doubt", "rule", "chance"])
def test_search_and_outlet_show_what_looking_at_every_group_would(groups, monkeypatch, sort, chunk):
    monkeypatch.setattr("cleaner.review.groups._CHUNK", chunk)
    every = groups.page(Filter(state="all", sort=sort))
    seen = 0
    for q in WORDS:
        for outlet in ("", "Warta Melati", "Suara Kenanga", "none of them"):
            for kind in ("", "suggestions"):
                chosen = Filter(state="all", sort=sort, q=q, outlet=outlet, kind=kind)
                expected = [
                    group
                    for group in every
                    if q.casefold() in f"{group['before']} {group['plain']}".replace("␣", " ").casefold()
                    and (not outlet or outlet in dict(groups.outlets_of(group["id"])))
                    and (not kind or group["suggestions"])
                ]
                paged, after = [], -1
                while page := groups.page(chosen, after, limit=1):
                    paged += page
                    after = page[-1]["rank"]
                assert paged == expected
                assert groups.page(chosen) == expected
                assert groups.ids(chosen) == [group["id"] for group in expected]
                size = sum(group["changes"] + group["suggestions"] for group in expected)
                assert groups.count(chosen) == (len(expected), size)
                seen += 0 < len(expected) < len(every)
    assert seen > 10


def test_a_search_knows_capitals_of_every_alphabet(tmp_path):
    log = tmp_path / "log.jsonl"
    log.write_bytes(log_of([change("Élitte", "Élite")], [change("ПРЕВЕТ", "привет")]))
    groups = Groups(open_store(log))
    assert [group["plain"] for group in groups.page(Filter(state="all", q="éLIT"))] == ["Élite"]
    assert [group["plain"] for group in groups.page(Filter(state="all", q="превет"))] == ["привет"]


def change(before: str, after: str, **other: object) -> dict[str, object]:
    row = {"start": 0, "end": len(before), "cleaned_start": 0, "cleaned_end": len(after), "before": before}
    return {**row, "after": after, "rule": "typo.nonword", "reason": "", "confidence": 0.9, **other}


def log_of(*documents: list[dict[str, object]], suggestions: tuple[dict[str, object], ...] = ()) -> bytes:
    rows: list[object] = [{"schema": "cleaner.log/1"}]
    for number, changes in enumerate(documents):
        hashes = {"original": f"{number:064x}", "cleaned": f"{number + 1:064x}"}
        rows.append(
            {"doc_id": f"d{number}", "file": "a.jsonl", "line": number + 1, "sha256": hashes,
             "changes": changes, "suggestions": suggestions}
        )  # fmt: skip
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def test_a_place_belongs_to_its_document_though_others_have_none(tmp_path):
    log = tmp_path / "log.jsonl"
    wrong = change("tidka", "tidak")
    log.write_bytes(log_of([], [], [wrong, wrong], [], [wrong], [], [], [wrong]))
    store = open_store(log)
    groups, documents = Groups(store), Documents(store)
    (group,) = groups.page(Filter(state="all"))
    places = documents.places(group["id"])
    assert [(place["id"], place["doc_id"]) for place in places] == [
        (1, "d2"),
        (2, "d2"),
        (3, "d4"),
        (4, "d7"),
    ]
    for place in places:
        assert documents.change_of(place["id"])[1]["doc_id"] == place["doc_id"]
    assert documents.change_of(0) is documents.change_of(5) is None


@pytest.mark.parametrize("offset", [-1, 1 << 32, 1 << 62])
def test_an_offset_that_cannot_be_is_refused_with_its_line(tmp_path, offset):
    log = tmp_path / "log.jsonl"
    log.write_bytes(log_of([change("tidka", "tidak")], [change("tidka", "tidak", end=offset)]))
    with pytest.raises(InputError, match=r"log\.jsonl:3: malformed log row: an offset is out of range"):
        open_store(log)
    assert list(tmp_path.glob("*.sqlite*")) == []


def test_a_large_log_keeps_each_change(tmp_path):
    """More documents than are inserted at once."""
    log = tmp_path / "log.jsonl"
    lines = [change("Baca juga: Harga Cabai", "", rule="boilerplate.read_also.label")]
    log.write_bytes(log_of(*([change(f"kta{n % 7}", "kata"), *lines] for n in range(4500))))
    store = open_store(log)
    groups, documents = Groups(store), Documents(store)
    listed = groups.page(Filter(state="all"))
    assert [group["changes"] for group in listed] == [4500, *[643] * 6, 642]
    last = documents.document(4499)
    assert [item["before"] for item in last["changes"]] == ["kta5", "Baca juga: Harga Cabai"]
    place = documents.places(listed[0]["id"], after=8990)[-1]
    assert (place["id"], place["doc_id"], place["before"]) == (9000, "d4499", "Baca juga: Harga Cabai")


def test_packed_texts_are_found(review_log):
    folder = review_log.parent
    for name in ("berita.jsonl", "bersih.jsonl"):
        data = (folder / name).read_bytes()
        (folder / name).unlink()
        with gzip.open(folder / f"{name}.gz", "wb") as out:
            out.write(data)
    log = folder / "packed.jsonl"
    log.write_bytes(review_log.read_bytes().replace(b'"berita.jsonl"', b'"berita.jsonl.gz"'))
    store = open_store(log)
    groups, documents = Groups(store), Documents(store)
    assert documents.original(documents.doc(0)).startswith("TRIBUNNEWS.COM")
    assert documents.original(documents.doc(3)).startswith("Panitia")
    assert groups.outlets_of(find(groups, "tidka")["id"]) == [("Warta Melati", 2), ("Suara Kenanga", 1)]


def test_a_new_log_makes_a_new_copy(review_log, run):
    first = open_store(review_log)
    (number,) = first.execute("select max(last) from docs").fetchone()
    first.close()
    run("clean", "berita.jsonl", "-o", "b2.jsonl", "--log", "log.jsonl", "-q", "--select", "typo")
    assert open_store(review_log).execute("select max(last) from docs").fetchone()[0] < number


def test_a_damaged_copy_is_made_again(review_log):
    open_store(review_log).close()
    (review_log.parent / "log.jsonl.review.sqlite").write_bytes(b"nonsense" * 999)
    assert find(Groups(open_store(review_log)), "tidka")["changes"] == 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"nonsense\n", "this is no JSON"),
        (b'{"a":1}\n', "its first row has no schema 'cleaner.log/1'"),
        (b'{"schema":"cleaner.log/1"}\n{"doc_id":1}\n', "log.jsonl:2: malformed log row"),
    ],
)
def test_what_is_no_log_is_refused(tmp_path, content, message):
    (tmp_path / "log.jsonl").write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_store(tmp_path / "log.jsonl")
    assert message in str(caught.value)
    assert not list(tmp_path.glob("*.sqlite*"))


def test_a_folder_without_a_log_is_refused(tmp_path):
    with pytest.raises(InputError, match="no change log in this folder"):
        open_store(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        open_store(tmp_path / "log.jsonl")


def test_decisions_of_every_kind_reach_the_list(session):
    session.decide("pair", find(session.groups, "tidka")["id"], "accept")
    session.decide("pair", find(session.groups, "aktid")["id"], "replace", "giat")
    session.decide("word", find(session.groups, "dimana")["id"], "ignore")
    session.decide("rule", find(session.groups, "resiko")["id"], "reject")
    session.decide("pair", find(session.groups, "Baca juga")["id"], "accept")
    now = states(session)
    assert (now["tidka"], now["aktid"], now["dimana"], now["resiko"]) == (
        "accept",
        "replace",
        "ignore",
        "reject",
    )
    assert find(session.groups, "aktid")["value"] == "giat"
    assert session.groups.count(Filter(state="judged"))[0] == session.progress()["groups_judged"] == 5


def test_a_verdict_that_does_not_fit_is_refused(session):
    boilerplate, word = find(session.groups, "Baca juga")["id"], find(session.groups, "tidka")["id"]
    for args in (
        ("pair", boilerplate, "replace", "x"),
        ("pair", boilerplate, "ignore"),
        ("rule", word, "replace", "x"),
        ("change", 1, "ignore"),
        ("pair", word, "maybe"),
        ("pair", word, "replace"),
        ("pair", word, "accept", "x"),
    ):
        with pytest.raises(ValueError):
            session.decide(*args)
    for args in (("pair", 999, "accept"), ("change", 999, "accept")):
        with pytest.raises(LookupError):
            session.decide(*args)
    assert session.file.path.read_bytes() == b""


def test_undo_has_no_limit_and_survives_a_restart(review_log, session):
    steps = [states(session)]
    for verdict, value in (
        ("accept", None),
        ("reject", None),
        ("replace", "x"),
        ("ignore", None),
        ("accept", None),
    ):
        scope = "pair"
        session.decide(scope, find(session.groups, "tidka")["id"], verdict, value)
        steps.append(states(session))
    session.decide_many([g["id"] for g in session.groups.page(Filter())], "accept")
    steps.append(states(session))
    place = session.documents.places(find(session.groups, "aktid")["id"])[0]["id"]
    session.decide("change", place, "reject")
    progress = session.progress()
    session.file.close()

    again = Session(open_store(review_log), session.file.path, who="ana")
    assert again.progress()["precision"] == progress["precision"]
    assert again.progress()["undo"] == len(steps)
    for expected in reversed(steps):
        assert again.undo() is not None
        assert states(again) == expected
    assert again.undo() is None
    assert (again.progress()["judged"], again.progress()["precision"]) == (0, None)
    again.file.close()
    assert Decisions.read([session.file.path]).votes == {}


def test_one_place_can_be_judged_apart(session):
    group = find(session.groups, "tidka")
    session.decide("pair", group["id"], "accept")
    place = session.documents.places(group["id"])[1]["id"]
    session.decide("change", place, "reject")
    assert [p["state"] for p in session.documents.places(group["id"])] == [None, "reject", None, None]
    estimate = session.progress()["precision"]
    assert estimate[0] == 3 / 4
    change = next(
        p["change"] for p in session.documents.document(0)["pieces"] if p.get("change", {}).get("id") == place
    )
    assert change["state"] == "reject"


def test_a_second_opinion_is_a_conflict_until_settled(review_log, session):
    group = find(session.groups, "tidka")["id"]
    session.decide("pair", group, "accept")
    session.file.close()
    db = open_store(review_log)
    budi = Session(db, review_log.parent / "budi.jsonl", [session.file.path], who="budi")
    assert [vote["who"] for vote in budi.votes(group)] == ["ana"]
    assert not budi.groups.get(group)["conflict"]
    budi.decide("pair", group, "reject")
    assert budi.groups.count(Filter(state="conflict")) == (1, 4)
    budi.decide("pair", group, "reject")  # knowing what ana said
    assert budi.groups.count(Filter(state="conflict")) == (0, 0)
    assert Decisions.read([session.file.path, budi.file.path]).conflicts() == []
    budi.undo()
    assert budi.progress()["conflicts"] == 1
    budi.file.close()


def test_two_reviewers_at_once_have_a_copy_each(review_log, session):
    other = Session(open_store(review_log), review_log.parent / "budi.jsonl", who="budi")
    other.decide("pair", find(other.groups, "tidka")["id"], "reject")
    assert states(session)["tidka"] is None
    session.decide("pair", find(session.groups, "tidka")["id"], "accept")
    assert states(other)["tidka"] == "reject"
    other.file.close()


def test_a_file_that_holds_no_decisions_is_not_touched(review_log):
    path = review_log.parent / "naskah.txt"
    for content in (b"tanpa akhir baris", b'{"schema":"lain', b"a\nb"):
        path.write_bytes(content)
        with pytest.raises(InputError):
            Session(open_store(review_log), path)
        assert path.read_bytes() == content


def test_two_reviews_cannot_write_one_file(review_log, session):
    with pytest.raises(OutputError, match="another review is writing to it"):
        Session(open_store(review_log), session.file.path)


def test_a_line_that_was_cut_off_is_dropped(review_log, session):
    session.decide("pair", find(session.groups, "tidka")["id"], "accept")
    session.file.close()
    path = session.file.path
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:-7])
    again = Session(open_store(review_log), path, who="ana")
    assert states(again)["tidka"] == "accept"
    again.decide("pair", find(again.groups, "aktid")["id"], "accept")
    again.file.close()
    assert len(Decisions.read([path]).votes) == 2


def test_a_full_disk_is_said_and_leaves_the_file_whole(session, monkeypatch):
    group = find(session.groups, "tidka")["id"]
    session.decide("pair", group, "accept")
    before = session.file.path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cleaner.review.decisionfile.os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        session.decide("pair", group, "reject")
    assert session.file.path.read_bytes() == before
    assert states(session)["tidka"] == "accept"


def test_a_log_that_obeys_decisions_can_be_reviewed_again(review_log, session, run):
    session.decide("pair", find(session.groups, "tidka")["id"], "replace", "takkan")
    session.decide("pair", find(session.groups, "resiko")["id"], "accept")
    session.file.close()
    run(
        "clean",
        "berita.jsonl",
        "-o",
        "b2.jsonl",
        "--log",
        "log2.jsonl",
        "-q",
        "--decisions",
        "decisions.jsonl",
    )
    again = Session(open_store(Path("log2.jsonl")), session.file.path, who="ana")
    group = find(again.groups, "tidka")
    assert (group["rule"], group["after"], group["state"], group["value"]) == (
        "typo.nonword",
        "tidak",
        "replace",
        "takkan",
    )
    assert find(again.groups, "resiko")["state"] == "accept"
    again.file.close()


def test_gold_holds_what_was_judged(session):
    session.decide("pair", find(session.groups, "tidka")["id"], "accept")
    session.decide("pair", find(session.groups, "aktid")["id"], "replace", "giat")
    session.decide("change", session.documents.places(find(session.groups, "tidka")["id"])[0]["id"], "reject")
    rows = {row["doc_id"]: row for row in gold_rows(session.documents)}
    assert sorted(rows) == ["a1", "a2", "a3"]
    for row in rows.values():
        for item in row["judged"]:
            assert row["text"][item["start"] : item["end"]] == item["before"]
    assert [(i["before"], i["right"], i["gold"]) for i in rows["a1"]["judged"]] == [
        ("tidka", False, "tidka"),
        ("tidka", True, "tidak"),
    ]
    assert ("aktid", False, "giat") in [(i["before"], i["right"], i["gold"]) for i in rows["a2"]["judged"]]


def test_wilson_agrees_with_the_literature():
    # Newcombe 1998, table I: 81 of 263, Wilson's score method without continuity correction.
    low, high = wilson(81 / 263, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    low, high = wilson(1 / 29, 29)
    assert (round(low, 4), round(high, 4)) == (0.0061, 0.1718)
    assert wilson(0, 20)[0] == 0


def test_pairs_with_many_places_count_for_less_than_their_places():
    one, many = Judged(), Judged()
    one.add(100, True)
    for _ in range(100):
        many.add(1, True)
    assert one.estimate()[1] < 0.25
    assert many.estimate()[1] > 0.95
    one.add(100, True, -1)
    assert one.estimate() is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" a  b ", "␣a ␣b␣"),
        ("a\r\nb", "a\\r⏎b"),
        ("\n" * 9, "⏎×9 "),
        ("x\u202ey", "x⟨202E⟩y"),
        ("\u2067x", "⟨2067⟩x"),
        ("a\u00a0b\u200bc", "a⍽b⟨200B⟩c"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("\x1b[31m", "⟨001B⟩[31m"),
    ],
)
def test_what_cannot_be_seen_is_shown(text, shown):
    assert visible(text) == shown


def test_beside_a_log_that_lies_where_nobody_may_write_the_copy_is_the_user_s_own(review_log, monkeypatch):
    """Not in /tmp under a name that others can guess."""

    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setenv("XDG_CACHE_HOME", str(review_log.parent / "cache"))
    monkeypatch.setattr("cleaner.review.store.tempfile.TemporaryFile", refuse)
    open_store(review_log).close()
    (copy,) = (review_log.parent / "cache" / "cleaner" / "reviews").glob("*.review.sqlite")
    assert copy.parent.stat().st_mode & 0o077 == 0
    assert not list(review_log.parent.glob("*.sqlite"))
