"""The folder broker: messages appear whole, and a spoiled file never ends a worker."""

import threading

import pytest
from kombu import Connection

from config import broker


@pytest.fixture
def queue(tmp_path):
    broker.empty(tmp_path)
    with Connection("files://localhost", transport_options=broker.options(tmp_path)) as connection:
        yield connection.SimpleQueue("celery")


def take(queue, timeout=5):
    """The next message, acknowledged: others go back into the folder when their reader closes."""
    message = queue.get(timeout=timeout)
    message.ack()
    return message.payload


def test_messages_arrive_in_order(queue):
    for number in range(5):
        queue.put(number)
    assert [take(queue) for _ in range(5)] == [0, 1, 2, 3, 4]


def test_a_spoiled_file_is_passed_over(queue, tmp_path):
    (tmp_path / "queue" / "0_0.celery.msg").write_text("")
    queue.put("whole")
    assert take(queue) == "whole"


def test_nothing_stays_behind(queue, tmp_path):
    queue.put("name")
    take(queue)
    assert [path for folder in ("queue", "processed") for path in (tmp_path / folder).iterdir()] == []


def test_readers_beside_writers_get_each_message_once(tmp_path):
    broker.empty(tmp_path)
    got, lock = [], threading.Lock()

    def connect():
        return Connection("files://localhost", transport_options=broker.options(tmp_path))

    def read():
        with connect() as connection:
            queue = connection.SimpleQueue("celery")
            while True:
                try:
                    payload = take(queue, timeout=2)
                except queue.Empty:
                    return
                with lock:
                    got.append(payload)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with connect() as connection:
        queue = connection.SimpleQueue("celery")
        for number in range(300):
            queue.put(number)
    for reader in readers:
        reader.join()
    assert sorted(got) == list(range(300))
