"""Doing several things at the same moment, each in a thread with a database connection of its own."""

import threading

from django.db import connections


class Doing(threading.Thread):
    """A thread whose result, or exception, can be read after it has ended."""

    def __init__(self, function, start=None):
        super().__init__(daemon=True)
        self.function, self.barrier, self.result = function, start, None
        self.start()

    def run(self):
        try:
            if self.barrier:
                self.barrier.wait(10)
            self.result = self.function()
        except Exception as error:  # the test looks at it
            self.result = error
        finally:
            connections.close_all()


def together(*functions):
    """Start all at once and give back what each returned or raised."""
    barrier = threading.Barrier(len(functions))
    doing = [Doing(function, barrier) for function in functions]
    for one in doing:
        one.join(30)
    assert not any(one.is_alive() for one in doing), "somebody waits for ever"
    return [one.result for one in doing]


def meet(barrier):
    """Wait for the other at the barrier, but not for ever: they may be held up by a lock, which is as good."""
    try:
        barrier.wait(2)
    except threading.BrokenBarrierError:
        return
