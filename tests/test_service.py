"""The HTTP service: what it answers, what it refuses, its limits, and how it stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs starlette: pip install 'bersih[serve]'")
pytest.importorskip("httpx2", reason="needs httpx2: pip install '.[test]'")
from starlette.testclient import TestClient

import cleaner
from cleaner.service import workers
from cleaner.service.app import create_app

TEXT = "TRIBUNNEWS.COM - Ia tidka pulang."
LOCAL = "http://localhost"


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(cleaner.Config(profile="typos"), max_bytes=2000), LOCAL) as client:
        yield client


def test_clean(client):
    answer = client.post("/clean", json={"text": "Ia tidka pulang."})
    assert answer.status_code == 200
    row = answer.json()
    assert set(row) == {"text", "changes", "fingerprint"}
    assert row["text"] == "Ia tidak pulang."
    assert row["changes"] == [c.to_dict() for c in cleaner.clean("Ia tidka pulang.", profile="typos").changes]


def test_settings_of_a_request_win_over_the_server_s(client):
    assert client.post("/clean", json={"text": TEXT}).json()["text"] == "TRIBUNNEWS.COM - Ia tidak pulang."
    assert client.post("/clean", json={"text": TEXT, "profile": "news"}).json()["text"] == "Ia tidak pulang."
    given = {
        "text": TEXT,
        "ignore_words": ["tidka"],
        "min_confidence": 0.5,
        "select": ["typo"],
        "language": "en",
    }
    assert client.post("/clean", json=given).json()["text"] == TEXT


def test_explain_is_the_whole_result(client):
    row = client.post("/explain", json={"text": "Itu resiko.", "profile": "news"}).json()
    result = cleaner.CleanResult.from_dict(row)
    assert result == cleaner.clean("Itu resiko.")
    assert [change.before for change in result.suggestions] == ["resiko"]


def test_health(client):
    answer = client.get("/health")
    config = cleaner.Config(profile="typos")
    assert answer.json() == {
        "status": "ok", "version": cleaner.__version__, "fingerprint": cleaner.Cleaner(config).fingerprint,
    }  # fmt: skip


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("content", "headers", "status", "detail"),
    [
        (b'{"text": "Ia"}', {"Content-Type": "text/plain"}, 415, "Content-Type: application/json"),
        (b'{"text": "Ia"', JSON, 400, "the body is no JSON"),
        (b'{"text": "\xff"}', JSON, 400, "the body is no JSON"),
        (b'{"text": "a\\ud800"}', JSON, 400, "the body is no JSON"),
        (b"", JSON, 400, "the body is no JSON"),
        (b"[]", JSON, 422, "Expected `object`"),
        (b"{}", JSON, 422, "missing required field `text`"),
        (b'{"text": null}', JSON, 422, "at `$.text`"),
        (b'{"text": "Ia", "teks": "Ia"}', JSON, 422, "unknown field `teks`"),
        (b'{"text": "Ia", "rules": ["/etc"]}', JSON, 422, "unknown field `rules`"),
        (b'{"text": "Ia", "ignore_patterns": ["(a+)+"]}', JSON, 422, "unknown field `ignore_patterns`"),
        (b'{"text": "Ia", "min_confidence": 2}', JSON, 422, "at `$.min_confidence`"),
        (b'{"text": "Ia", "profile": "nws"}', JSON, 422, "did you mean 'news'?"),
        (b'{"text": "Ia", "select": ["typos"]}', JSON, 422, "did you mean"),
        (b'{"text": "Ia", "outlet": "melati"}', JSON, 422, "outlet = 'melati' is not known"),
    ],
)
def test_what_is_wrong_is_told(client, content, headers, status, detail):
    answer = client.post("/clean", content=content, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]


def test_unknown_paths_and_methods_are_problems(client):
    assert client.get("/cleen").json()["status"] == 404
    answer = client.get("/clean")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_size_of_a_body_is_limited(client):
    assert client.post("/clean", json={"text": "a" * 1900}).status_code == 200
    answer = client.post("/clean", json={"text": "a" * 2000})
    assert answer.status_code == 413
    assert "2,000 bytes" in answer.json()["detail"]


def test_a_token_is_asked_for():
    with TestClient(create_app(token="rahasia-é", local=False), "http://contoh.id") as client:
        for header in ({}, {"Authorization": "Bearer salah"}, {"Authorization": "Basic rahasia"}):
            answer = client.post("/clean", json={"text": "Ia"}, headers=header)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        right = {"Authorization": "bearer rahasia-é".encode()}
        assert client.post("/clean", json={"text": "Ia"}, headers=right).status_code == 200
        assert client.get("/health").status_code == 200
        assert client.get("/openapi.json").json()["components"]["securitySchemes"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80:80", "", "127.0.0.1.nip.io"]
)
def test_another_host_is_refused(client, host):
    answer = client.get("/health", headers={"Host": host})
    assert (answer.status_code, answer.json()["title"]) == (403, "Forbidden")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:9", "[::1]:8000", "[::1]"])
def test_this_machine_is_not(client, host):
    assert client.get("/health", headers={"Host": host}).status_code == 200


def test_every_answer_is_kept_from_caches_and_other_sites(client):
    answers = [
        client.post("/clean", json={"text": "Ia"}),
        client.post("/clean", json={}),
        client.get("/health"),
        client.get("/cleen"),
        client.get("/health", headers={"Host": "evil.example"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 200, 404, 403]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_length_that_is_no_sensible_number_is_too_large(client):
    answer = client.post("/clean", content=b"{}", headers={**JSON, "Content-Length": "9" * 5000})
    assert answer.status_code == 413


def test_a_request_with_two_hosts_is_refused(serve):
    import socket

    _, port = serve()
    for hosts in (("localhost", "evil.example"), ("evil.example", "localhost")):
        lines = "".join(f"Host: {host}\r\n" for host in hosts)
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(f"GET /health HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
            assert connection.recv(100).split()[1] in (b"400", b"403")


def _broken(cleaner_of, action, text, settings):
    raise RuntimeError("a bug")


def test_neither_the_answer_nor_the_log_of_an_error_holds_the_text(monkeypatch, capfd):
    monkeypatch.setattr(workers, "_answer", _broken)
    with TestClient(create_app(), LOCAL, raise_server_exceptions=False) as client:
        answer = client.post("/clean", json={"text": "Rahasia Rina Melati."})
        assert answer.status_code == 500
        assert "Rahasia" not in answer.text and "Traceback" not in answer.text
        assert client.post("/clean", json={"text": "Rahasia", "profile": "nws"}).status_code == 500
    said = "".join(capfd.readouterr())
    assert "Rahasia" not in said


def test_the_log_of_the_program_holds_no_text_and_no_token(serve):
    process, port = serve(CLEANER_TOKEN="rahasia-yang-panjang")
    ask(port, Authorization="Bearer rahasia-yang-panjang")
    ask(port, Authorization="Bearer salah-dan-juga-panjang")
    ask(port, body={"text": 7}, Authorization="Bearer rahasia-yang-panjang")
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    assert process.stderr.read() == "cleaner: stopped\n"


def _slow(cleaner_of, action, text, settings):
    if text.startswith("lambat"):
        time.sleep(60)
    if text.startswith("mati"):
        os._exit(1)
    return workers.Reply(200, json.dumps({"text": text}).encode())


def test_a_text_that_takes_too_long_is_ended_and_the_next_one_is_served(monkeypatch):
    monkeypatch.setattr(workers, "_answer", _slow)
    with TestClient(create_app(timeout=4.0, workers=2), LOCAL) as client:
        start = time.monotonic()
        with ThreadPoolExecutor() as threads:
            late = threads.submit(client.post, "/clean", json={"text": "lambat"})
            assert client.post("/clean", json={"text": "Ia"}).json() == {"text": "Ia"}
            assert client.get("/health").status_code == 200
            assert time.monotonic() - start < 4, "the others must not wait"
            answer = late.result()
        assert answer.status_code == 503 and answer.headers["retry-after"]
        assert "took longer than 4 seconds" in answer.json()["detail"]
        answer = client.post("/clean", json={"text": "mati"})
        assert answer.status_code == 500 and "died" in answer.json()["detail"]
        for _ in range(3):
            assert client.post("/clean", json={"text": "Ia"}).json() == {"text": "Ia"}


def test_waiting_counts_as_well(monkeypatch):
    monkeypatch.setattr(workers, "_answer", _slow)
    with TestClient(create_app(timeout=0.5, workers=1), LOCAL) as client, ThreadPoolExecutor() as threads:
        answers = list(threads.map(lambda _: client.post("/clean", json={"text": "lambat"}), range(3)))
    assert {answer.status_code for answer in answers} == {503}


# The program itself.


@pytest.fixture
def serve(tmp_path):
    """Start ``cleaner serve`` on a free port; everything it started is gone at the end."""
    running = []

    def start(*options, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "cleaner", "serve", "--port", "0", *options],
            stderr=subprocess.PIPE, text=True, cwd=tmp_path, env={**os.environ, **environment},
        )  # fmt: skip
        running.append(process)
        line = process.stderr.readline()
        assert line.startswith("cleaner: listening on http://"), line + process.stderr.read()
        return process, int(line.split(";")[0].rpartition(":")[2])

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stderr.close()


def ask(port, path="/clean", body=None, **headers):
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("POST", path, json.dumps(body or {"text": TEXT}), {**JSON, **headers})
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def children_of(process):
    """Ids of the processes that a server started."""
    folder = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not folder.exists():
        pytest.skip("needs Linux's list of child processes")
    return [int(pid) for pid in folder.read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_program_answers_and_stops_gracefully(serve, number):
    process, port = serve("--profile", "news")
    assert ask(port)[1]["text"] == "Ia tidak pulang."
    long = {"text": "Ia tidka pulang ke rumah di kota itu.\n" * 4_000}
    with ThreadPoolExecutor() as threads:
        under_way = threads.submit(ask, port, body=long)
        time.sleep(0.15)
        process.send_signal(number)
        status, row = under_way.result()
    assert status == 200 and len(row["changes"]) == 4_000
    assert process.wait(20) == 0
    assert process.stderr.read() == "cleaner: stopped\n"
    with pytest.raises(ConnectionRefusedError):
        ask(port)


def test_a_body_without_a_length_is_read_no_further_than_it_may_be_long(serve):
    _, port = serve("--max-bytes", "2000")
    sent = 0

    def chunks():
        nonlocal sent
        while sent < 1_000_000_000:
            sent += 10_000
            yield b"a" * 10_000

    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            connection.request("POST", "/clean", chunks(), JSON)  # chunked, since the length is not known
        assert sent < 100_000_000
    assert ask(port)[0] == 200


def test_a_body_that_does_not_come_is_given_up(serve):
    _, port = serve("--timeout", "1")
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.putrequest("POST", "/clean")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", "1000")
        connection.endheaders()
        connection.send(b'{"text": ')
        response = connection.getresponse()
        assert response.status == 408
        assert json.loads(response.read())["detail"] == "the body did not arrive in time"


def test_no_process_outlives_a_killed_server(serve):
    process, port = serve("-j", "2")
    assert ask(port)[0] == 200
    children = children_of(process)
    assert len(children) >= 2
    process.kill()
    deadline = time.monotonic() + 10
    while left := [pid for pid in children if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.05)


def test_a_process_that_was_killed_while_idle_is_replaced(serve):
    process, port = serve()
    assert ask(port)[0] == 200
    for pid in children_of(process):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    assert ask(port) == (200, ask(port)[1])


def test_a_service_that_does_not_start_says_so(run, monkeypatch):
    async def broken(self):
        raise workers.WorkerDiedError("a process ended while it started; see its error above")

    monkeypatch.setattr(workers.Pool, "start", broken)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        done = run("serve", "--port", "0")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert done.exit_code == 2
    assert "the service did not start" in done.stderr


def test_a_port_in_use_is_told(serve, run):
    _, port = serve()
    done = run("serve", "--port", port)
    assert done.exit_code == 2
    assert (
        f"cannot listen on 127.0.0.1, port {port}: Address already in use; choose another --port"
        in done.stderr
    )


def test_other_machines_need_a_token(run, in_tmp, serve, monkeypatch):
    monkeypatch.delenv("CLEANER_TOKEN", raising=False)
    done = run("serve", "--host", "0.0.0.0")
    assert done.exit_code == 2
    assert "needs a token" in done.stderr and "CLEANER_TOKEN" in done.stderr
    (in_tmp / "kosong").write_text("\n")
    done = run("serve", "--host", "0.0.0.0", "--token-file", "kosong")
    assert done.exit_code == 2 and "kosong is empty" in done.stderr
    assert "cannot read tidak-ada" in run("serve", "--token-file", "tidak-ada").stderr
    monkeypatch.setenv("CLEANER_TOKEN", "rahasia-pendek")
    done = run("serve", "--host", "0.0.0.0")
    assert (done.exit_code, "has 14 characters, and must have 16" in done.stderr) == (2, True)
    secret, other = "rahasia-yang-panjang", "lain-dan-sama-panjang"
    _, port = serve("--host", "0.0.0.0", CLEANER_TOKEN=secret)
    assert ask(port, Host="contoh.id")[0] == 401
    assert ask(port, Host="contoh.id", Authorization=f"Bearer {secret}")[0] == 200
    file = in_tmp / "token"
    file.write_text(f"{other}\n")
    _, port = serve("--token-file", str(file), CLEANER_TOKEN=secret)
    assert ask(port, Authorization=f"Bearer {secret}")[0] == 401
    assert ask(port, Authorization=f"Bearer {other}")[0] == 200
