"""What the proxy lets through: pages a few at a time, its own word on addresses, no numbers."""

import http.server
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager

import pytest

from benchmarks.school import free_port, proxy

HEALTH, PICTURE = "/_stcore/health", "/static/picture.png"
ASKED = 30


class Well(http.server.BaseHTTPRequestHandler):
    """A replica that is well whatever it is asked."""

    protocol_version = "HTTP/1.1"
    said = None

    def do_GET(self):
        Well.said = self.headers.get_all("X-Forwarded-For")
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


@contextmanager
def proxied(tmp_path, **settings):
    """Yield the address of the proxy in front of one such replica."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Well) as replica:
        threading.Thread(target=replica.serve_forever, daemon=True).start()
        front, agent = free_port(["127.0.0.1"]), free_port(["127.0.0.1"])
        named = {
            "REPLICA_1": "127.0.0.1",
            "REPLICA_PORT": str(replica.server_port),
            "AGENT_PORT": str(agent),
            "HTTP_BIND": f"127.0.0.1:{front}",
        }
        with proxy(tmp_path / "proxy.txt", named | settings):
            address = f"http://127.0.0.1:{front}"
            until = time.monotonic() + 20
            while told(address + "/proxy-health") != 200 and time.monotonic() < until:
                time.sleep(0.05)
            yield address
        replica.shutdown()


def told(url):
    """Return the status that a page is told."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def counted(address, path):
    return Counter(told(address + path) for _ in range(ASKED))


@pytest.mark.usefixtures("haproxy")
def test_only_so_many_come_within_a_second(tmp_path):
    with proxied(tmp_path, COME_A_SECOND="4") as address:
        start = time.monotonic()
        come = counted(address, HEALTH)
        lasted = time.monotonic() - start
        assert set(come) == {200, 503}
        # The rate is that of the last second, as it slides on.
        assert 4 <= come[200] <= 4 * (lasted + 2)
        # What is no coming is served meanwhile, and a moment later more may come.
        assert counted(address, PICTURE) == {200: ASKED}
        assert told(address + "/proxy-health") == 200
        time.sleep(2.1)
        assert told(address + HEALTH) == 200


@pytest.mark.usefixtures("haproxy")
def test_nobody_is_sent_away_where_there_is_room(tmp_path):
    with proxied(tmp_path, COME_A_SECOND="1000") as address:
        assert counted(address, HEALTH) == {200: ASKED}


@pytest.mark.usefixtures("haproxy")
def test_as_it_ships_a_few_may_come_at_once(tmp_path):
    with proxied(tmp_path) as address:
        come = Counter(told(address + HEALTH) for _ in range(10))
        assert come == {200: 10}


@pytest.mark.usefixtures("haproxy")
def test_a_reader_cannot_say_another_address(tmp_path):
    with proxied(tmp_path) as address:
        asked = urllib.request.Request(
            address + PICTURE, headers={"X-Forwarded-For": "203.0.113.7"}
        )
        urllib.request.urlopen(asked, timeout=10).close()
        assert Well.said == ["127.0.0.1"]


@pytest.mark.usefixtures("haproxy")
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/%6detrics", "/x/_stcore/metric%73"])
def test_numbers_are_for_nobody_however_they_are_asked_for(tmp_path, path):
    with proxied(tmp_path) as address:
        assert told(address + path) == 403
