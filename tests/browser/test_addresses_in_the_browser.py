"""The app under a path of its own, and behind a proxy that takes one away: all is found."""

import re
import socket
import socketserver
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pytest
from first_always import first_always

pytest.importorskip("playwright")

from browsing import TWO, drawn, part, wait_for_hands
from serving import serving

PREFIX = "/some/path"
REFUSED = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def copy(source, target):
    with suppress(OSError):
        while some := source.recv(65536):
            target.sendall(some)
        target.shutdown(socket.SHUT_WR)


def forwarded(head):
    """Return the head of a request without the path's prefix, or None if it has none."""
    first, _, rest = head.partition(b"\r\n")
    before, found, after = first.partition(b" " + PREFIX.encode() + b"/")
    if not found:
        return None
    if b"upgrade: websocket" not in rest.lower():  # one request a connection: each is rewritten
        rest = re.sub(rb"(?i)connection: [^\r]*", b"Connection: close", rest)
    return before + b" /" + after + b"\r\n" + rest


@contextmanager
def proxied(address):
    """Serve an app under a path that the app knows nothing of; yield its address there."""

    class Handler(socketserver.StreamRequestHandler):
        rbufsize = 0  # what follows the head is left for the app

        def handle(self):
            read = b""
            while line := self.rfile.readline():
                if line == b"\r\n":
                    break
                read += line
            if (head := forwarded(read)) is None:
                self.wfile.write(REFUSED)
                return
            with socket.create_connection(("127.0.0.1", urlsplit(address).port)) as app:
                app.sendall(head + b"\r\n")
                back = threading.Thread(target=copy, args=(app, self.connection))
                back.start()
                copy(self.connection, app)
                back.join()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as proxy:
        proxy.daemon_threads = True
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}{PREFIX}"
        proxy.shutdown()


@pytest.fixture
def under_a_path(chromium_path, tmp_path):
    with serving(tmp_path / "log.txt", PREFIX.strip("/")) as address:
        yield address


@pytest.fixture
def behind_a_proxy(server):
    with proxied(server) as address:
        yield address


def plays(page, key):
    """Check that the chart is drawn and follows its clock."""
    drawn(page, key)
    hand = part(page, key, "hand")
    hand.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    wait_for_hands(page, 1, key)


@pytest.mark.parametrize("place", first_always(["behind_a_proxy", "under_a_path"]))
def test_the_chart_is_drawn_wherever_the_app_is_served(visit, place, request):
    at = request.getfixturevalue(place)
    page = visit(f"/{TWO}?anchors=1", at)
    plays(page, TWO)
    drawn(visit("/", at), "home_clock")
