"""The server of the review page: who may ask, what is refused, and that a killed server loses nothing."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import urllib.parse
from collections.abc import Iterator

import pytest

from cleaner.decisions import Decisions

pytest.importorskip("uvicorn")


class Client:
    """Asks as the page does, or otherwise."""

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address)
        self.host = parts.netloc
        self.port = parts.port
        self.token = urllib.parse.parse_qs(parts.fragment)["t"][0]

    def send(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (lower case) and body; a header None is left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {
            "Host": self.host,
            "X-Token": self.token,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        if body is not None:
            given.setdefault("Content-Type", "application/json")
            given.setdefault("Content-Length", str(len(body)))
        for name, value in given.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, data

    def get(self, path: str) -> dict[str, object]:
        status, _, data = self.send("GET", path)
        assert status == 200, data
        return json.loads(data)

    def post(self, path: str, **values: object) -> dict[str, object]:
        status, _, data = self.send("POST", path, json.dumps(values).encode())
        assert status == 200, data
        return json.loads(data)


@pytest.fixture
def client(review_log, review_server) -> Client:
    """A server of one's own."""
    return Client(review_server.start(review_log, "--who", "ana"))


@pytest.fixture(scope="module")
def shared(tmp_path_factory, make_review_log, make_review_server) -> Iterator[Client]:
    """A server for all tests that change nothing."""
    folder = tmp_path_factory.mktemp("shared")
    server = make_review_server(folder)
    yield Client(server.start(make_review_log(folder), "--who", "ana"))
    server.end(kill=True)
    assert (folder / "decisions.jsonl").read_bytes() == b""


def group_of(client: Client, text: str) -> dict[str, object]:
    (group,) = client.get("/api/groups?state=all&q=" + urllib.parse.quote(text))["groups"]
    return group


def test_the_page_is_empty_and_has_a_strict_policy(shared):
    status, headers, data = shared.send("GET", "/", X_Token=None)
    assert status == 200
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'nonce-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert data.count(f'nonce="{nonce}"'.encode()) == data.count(b"nonce=") == 3
    assert b"tidka" not in data
    assert shared.token.encode() not in data
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert headers["x-content-type-options"] == "nosniff"
    assert nonce not in shared.send("GET", "/")[1]["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"X_Token": None}, "token"),
        ({"X_Token": ""}, "token"),
        ({"X_Token": "x" * 32}, "token"),
        ({"X_Token": "\xe9"}, "token"),
        ({"Host": "evil.example"}, "host"),
        ({"Host": "evil.example:80"}, "host"),
        ({"Host": "127.0.0.1"}, "host"),
        ({"Host": "127.0.0.1:1"}, "host"),
        ({"Origin": "http://evil.example"}, "origin"),
        ({"Origin": "null"}, "origin"),
        ({"Origin": "http://127.0.0.1:1"}, "origin"),
        ({"Sec_Fetch_Site": "cross-site"}, "site"),
        ({"Sec_Fetch_Site": "same-site"}, "site"),
    ],
)
def test_others_are_refused(shared, headers, reason):
    for method, path in (
        ("GET", "/api/start"),
        ("GET", "/api/groups"),
        ("POST", "/api/undo"),
        ("GET", "/api/export"),
    ):
        status, _, data = shared.send(method, path, b"{}" if method == "POST" else None, **headers)
        assert (status, json.loads(data)) == (403, {"error": f"refused: {reason}"})


def test_a_rebound_name_gets_not_even_the_page(shared):
    # evil.example resolves to 127.0.0.1 by now: the browser sends its name as Host, and no Origin.
    assert shared.send("GET", "/", Host=f"evil.example:{shared.port}", X_Token=None)[0] == 403


def test_the_page_itself_is_let_in(shared):
    headers = {"Origin": f"http://{shared.host}", "Sec_Fetch_Site": "same-origin"}
    assert shared.send("GET", "/api/start", **headers)[0] == 200
    assert shared.send("GET", "/api/start", Host=f"localhost:{shared.port}")[0] == 200


def test_no_answer_is_for_other_sites(shared):
    for path in ("/api/start", "/"):
        headers = shared.send("GET", path)[1]
        assert not [name for name in headers if name.startswith("access-control")]
        assert headers["cross-origin-resource-policy"] == "same-origin"
    assert shared.send("OPTIONS", "/api/decide", Origin="http://evil.example")[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/api/../../x",
        "/page.js",
        "//etc/passwd",
        "/api/",
        "/%00",
        "/api/export/../../x",
    ],
)
def test_there_are_no_other_paths(shared, path):
    status, _, data = shared.send("GET", path)
    assert status in (400, 404)
    assert b"root:" not in data


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 70_000, 413),
        (b"{", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 60_000, 400),
        (b"{}", 400),
        (b'{"scope":"pair","id":"x","decision":"accept"}', 400),
        (b'{"scope":"pair","id":null,"decision":"accept"}', 400),
        (b'{"scope":"pair","id":1,"decision":"drop table"}', 400),
        (b'{"scope":"pair","id":1,"decision":"replace","value":"\\ud800"}', 400),
        (b'{"scope":"pair","id":1,"decision":"accept","note":7}', 400),
        (b'{"scope":"pair","id":99999,"decision":"accept"}', 404),
        (b'{"scope":"pair","id":99999999999999999999999,"decision":"accept"}', 400),
    ],
)
def test_wrong_bodies_are_refused_and_change_nothing(shared, body, status):
    assert shared.send("POST", "/api/decide", body)[0] == status
    assert shared.get("/api/start")["progress"]["judged"] == 0


def test_a_form_of_another_site_is_no_json(shared):
    body = b'{"scope":"pair","id":1,"decision":"accept"}'
    assert shared.send("POST", "/api/decide", body, Content_Type="text/plain")[0] == 400
    assert shared.send("GET", "/api/decide")[0] == 405


@pytest.mark.parametrize(
    "query", ["state=x", "sort=by_count;--", "kind=1", "low=x", "after=x", "low=nan&high='"]
)
def test_wrong_filters_are_refused(shared, query):
    status, _, data = shared.send("GET", "/api/groups?" + query)
    assert status == 400
    assert b"error" in data


def test_sql_in_a_search_is_only_text(shared):
    for text in ("' or 1=1 --", "%", "\\", '"; drop table groups; --'):
        assert shared.get("/api/groups?state=all&q=" + urllib.parse.quote(text))["groups"] == []
    assert shared.get("/api/groups?state=all&rule=" + urllib.parse.quote("' or '1"))["groups"] == []
    assert group_of(shared, "tidka")["changes"] == 4


def test_only_this_machine_is_served(shared):
    names = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for name in names - {"127.0.0.1"}:
        if name.startswith("127."):
            continue
        with pytest.raises(OSError):
            socket.create_connection((name, shared.port), timeout=2)


def test_a_killed_server_loses_no_decision(client, review_log, review_server, in_tmp):
    judged = {}
    for group in client.get("/api/groups")["groups"]:
        verdict = "accept" if len(judged) % 2 else "reject"
        client.post("/api/decide", scope="pair", id=group["id"], decision=verdict)
        judged[group["before"]] = verdict
    assert len(Decisions.read([in_tmp / "decisions.jsonl"]).votes) == len(judged)
    review_server.end(kill=True)
    again = Client(review_server.start(review_log, "--who", "ana"))
    assert {g["before"]: g["state"] for g in again.get("/api/groups?state=all")["groups"]} == judged
    assert again.get("/api/groups")["groups"] == []
    assert again.token != client.token


def test_many_at_once_only_if_as_many_as_was_told(client):
    wanted = {"filter": {"rule": "typo", "state": "open"}, "decision": "accept"}
    status, _, data = client.send("POST", "/api/decide-many", json.dumps({**wanted, "expected": 99}).encode())
    assert (status, b"look again" in data) == (400, True)
    count = client.get("/api/count?rule=typo")["groups"]
    assert client.post("/api/decide-many", **wanted, expected=count)["progress"]["groups_judged"] == count
    assert client.post("/api/undo")["progress"]["groups_judged"] == 0
    assert client.post("/api/undo")["done"] is False


def test_exports(client):
    group = group_of(client, "tidka")
    client.post("/api/decide", scope="pair", id=group["id"], decision="accept", note="ya")
    row = json.loads(client.send("GET", "/api/export?what=decisions")[2])
    assert (row["who"], row["note"], row["before"]) == ("ana", "ya", "tidka")
    gold = [json.loads(line) for line in client.send("GET", "/api/export?what=gold")[2].splitlines()]
    assert len(gold) == 3
    assert gold[0]["schema"] == "cleaner.gold/1"


def test_the_whole_text_arrives_in_pieces(shared):
    (place, *_) = shared.get(f"/api/group?id={group_of(shared, 'aktid')['id']}")["places"]
    document = shared.get(f"/api/document?id={place['doc']}")
    assert "😀👨\u200d👩\u200d👧" in "".join(piece.get("text", "") for piece in document["pieces"])
    assert shared.send("GET", "/api/document?id=999")[0] == 404


def test_a_working_copy_that_fails_is_told_in_the_answer(review_log):
    """... and not by a page of the framework, which the reviewer would never see."""
    from cleaner.review.server import make_app
    from cleaner.review.session import Session
    from cleaner.review.store import open_store

    db = open_store(review_log)
    session = Session(db, review_log.parent / "decisions.jsonl", who="ana")
    app = make_app(session, 80, "token")

    def ask() -> tuple[int, dict[bytes, bytes], dict[str, object]]:
        """In this thread, as the database wants it."""
        sent = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append(message)

        headers = [(b"host", b"127.0.0.1:80"), (b"x-token", b"token")]
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/api/groups",
            "query_string": b"",
            "headers": headers,
        }
        asyncio.run(app({**scope, "root_path": "", "scheme": "http"}, receive, send))
        return sent[0]["status"], dict(sent[0]["headers"]), json.loads(sent[1]["body"])

    assert ask()[0] == 200
    db.execute("drop table groups")
    status, headers, body = ask()
    assert (status, headers[b"cache-control"]) == (500, b"no-store")
    assert "start the review again" in body["error"]
    session.file.close()
    db.close()
