"""A catalogue on this machine: it answers over real HTTP what a test told it to, and remembers what it was asked."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Served:
    """What is answered, by path: each answer once, the last one again and again."""

    def __init__(self):
        self.answers, self.asked = {}, []
        self.url = self.host = ""

    def say(self, path, *bodies):
        """Answer with these as JSON, one after the other."""
        self.answers.setdefault(path, []).extend((200, {}, json.dumps(body).encode()) for body in bodies)

    def fail(self, path, *codes, headers=None, body=b""):
        """Answer with these errors, one after the other."""
        self.answers.setdefault(path, []).extend((code, headers or {}, body) for code in codes)

    def next(self, address):
        """What is answered now."""
        parts = urlsplit(address)
        self.asked.append((parts.path, parse_qs(parts.query)))
        found = self.answers.get(parts.path, [(404, {}, b"")])
        return found.pop(0) if len(found) > 1 else found[0]


@contextmanager
def catalogue():
    """A running catalogue."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            code, headers, body = served.next(self.path)
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """The test's own output stays free of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.host = f"127.0.0.1:{server.server_port}"
    served.url = f"http://{served.host}/api/v11"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
