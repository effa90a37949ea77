"""A mail server in a process of its own that keeps the Message-ID of whatever arrives.

Run with: python -m scripts.bench.sink PORT FILE
Each message is one line of FILE, written before the sender hears "OK".
"""

import asyncio
import os
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    """Answers OK to everything; one line a message, on disk before the answer."""

    def __init__(self, path):
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_DATA(self, server, session, envelope):
        """Write down which message this is."""
        header = envelope.content.split(b"\r\n\r\n", 1)[0]
        ids = [line for line in header.split(b"\r\n") if line.lower().startswith(b"message-id:")]
        os.write(self.file, (ids[0] if ids else b"message-id: none") + b"\n")
        return "250 OK"


async def _serve(port, path):
    sink = Sink(path)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(sink, enable_SMTPUTF8=True), host="127.0.0.1", port=port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), sys.argv[2]))
