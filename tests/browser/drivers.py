"""Firefox and WebKit, as few words as the pages need: open, evaluate, click, press.

Firefox is Debian's ``firefox-esr``, driven over WebDriver BiDi by npm's ``puppeteer-core``
(``firefox.mjs``). WebKit is Debian's ``webkit2gtk-driver``, driven by Selenium under Xvfb.
"""

import json
import os
import shutil
import subprocess
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

PUPPETEER = "24.43.1"  # of the last that runs on Node.js 18, which Debian 12 has
HERE = Path(__file__).parent
ANSWER_WITHIN = 60


class MissingError(Exception):
    """What this machine lacks for a browser."""


def program(*names):
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise MissingError(f"no {' or '.join(names)} on this machine")
    return found


class Firefox:
    """Firefox, which saves what it downloads in ``downloads``."""

    name = "Firefox"

    def __init__(self, folder):
        path = program("firefox-esr", "firefox")
        node = program("node", "nodejs")
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        self.install_puppeteer(folder)
        command = [node, HERE / "firefox.mjs", folder, path, self.downloads]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def install_puppeteer(self, folder):
        command = [program("npm"), "install", f"puppeteer-core@{PUPPETEER}", "--prefix", folder]
        command += ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise MissingError(
                f"npm has no puppeteer-core {PUPPETEER}: {done.stderr.strip()[-300:]}"
            )

    def ask(self, action, argument=None):
        print(json.dumps({"action": action, "argument": argument}), file=self.process.stdin)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("Firefox or its driver has ended")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def open(self, address):
        self.ask("open", address)

    def evaluate(self, expression):
        return self.ask("evaluate", expression)

    def click(self, element):
        self.ask("click", element)

    def press(self, key):
        self.ask("press", key)

    def errors(self):
        return self.ask("noticed")["errors"]

    def foreign(self):
        """Return what was asked of other machines."""
        addresses = [url for url in self.ask("noticed")["requests"] if url.startswith("http")]
        return [url for url in addresses if urlsplit(url).hostname != "127.0.0.1"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


# WebKit tells its driver nothing of errors: a page is told to note its own before it has started.
NOTE_ERRORS = """
if (location.href === arguments[0] && !window.noted) {
    window.noted = [];
    addEventListener('error', event => noted.push(event.message));
    addEventListener('unhandledrejection', event => noted.push(String(event.reason)));
}
return Boolean(window.noted);
"""


class WebKit:
    """WebKit's MiniBrowser on a screen of its own, which saves downloads in ``downloads``."""

    name = "WebKit"

    def __init__(self, folder):
        driver, screen = program("WebKitWebDriver"), program("Xvfb")
        try:
            from selenium import webdriver
            from selenium.webdriver.remote.client_config import ClientConfig
            from selenium.webdriver.remote.remote_connection import RemoteConnection
        except ImportError:
            raise MissingError("Selenium is not installed") from None
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        (folder / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{self.downloads}"\n')
        home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        options = webdriver.WebKitGTKOptions()
        options.page_load_strategy = "none"
        with ExitStack() as closing:
            options.set_capability("proxy", self.start_proxy(closing))
            environment = {**os.environ, **home, "DISPLAY": self.start_screen(screen, closing)}
            service = webdriver.WebKitGTKService(driver, env=environment)
            service.start()
            closing.callback(service.stop)
            config = ClientConfig(service.service_url, timeout=ANSWER_WITHIN)
            connection = RemoteConnection(client_config=config)
            self.selenium = webdriver.Remote(connection, options=options)
            closing.callback(self.selenium.quit)
            self.closing = closing.pop_all()

    def start_screen(self, screen, closing):
        command = [screen, "-displayfd", "1", "-screen", "0", "1400x900x24"]
        silent = subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=silent, text=True)
        closing.callback(process.wait, timeout=20)
        closing.callback(process.terminate)
        return f":{process.stdout.readline().strip()}"

    def start_proxy(self, closing):
        """Start a proxy for all but this machine, which notes what it is asked and refuses."""
        asked = self.asked = []

        class Handler(StreamRequestHandler):
            def handle(self):
                asked.append(self.rfile.readline().decode())

        proxy = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        closing.callback(proxy.server_close)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        closing.callback(proxy.shutdown)
        address = f"127.0.0.1:{proxy.server_address[1]}"
        known = {"proxyType": "manual", "noProxy": ["127.0.0.1"]}
        return {**known, "httpProxy": address, "sslProxy": address}

    def open(self, address):
        from selenium.common.exceptions import WebDriverException

        # A window shows a list of what was saved, which leaves less and less of the page.
        before = self.selenium.current_window_handle
        self.selenium.switch_to.new_window("window")
        new = self.selenium.current_window_handle
        self.selenium.switch_to.window(before)
        self.selenium.close()
        self.selenium.switch_to.window(new)
        self.selenium.set_window_size(1366, 806)
        self.selenium.get(address)
        until, noting = time.monotonic() + ANSWER_WITHIN, False
        while not noting:
            if time.monotonic() > until:
                raise RuntimeError(f"{address} was not opened")
            with suppress(WebDriverException):  # while the empty page is being left
                noting = self.selenium.execute_script(NOTE_ERRORS, address)

    def evaluate(self, expression):
        return self.selenium.execute_script(f"return {expression}")

    def click(self, element):
        self.evaluate(element).click()

    def press(self, key):
        from selenium.webdriver.common.keys import Keys

        names = {"ArrowRight": Keys.ARROW_RIGHT, "ArrowLeft": Keys.ARROW_LEFT, "Home": Keys.HOME}
        self.selenium.switch_to.active_element.send_keys(names.get(key, key))

    def errors(self):
        return self.evaluate("window.noted")

    def foreign(self):
        """Return what was asked of other machines."""
        return self.asked

    def close(self):
        self.closing.close()
