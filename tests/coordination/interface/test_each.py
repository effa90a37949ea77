"""One bad row stops neither the rows after it nor the steps after its own."""

import logging

from coordination.interface.each import each, each_step


def test_one_that_fails_is_logged_and_holds_up_no_others(caplog):
    done = []

    def do(row):
        if row == 2:
            raise ValueError
        done.append(row)

    assert each([1, 2, 3], do, otherwise="row %s could not be done") == 2
    assert done == [1, 3]
    assert [(one.levelno, one.getMessage()) for one in caplog.records] == [(logging.ERROR, "row 2 could not be done")]


def test_a_step_that_stops_half_way_does_not_keep_the_later_ones_waiting(caplog):
    done = []

    def first():
        raise ValueError

    def second():
        done.append("second")

    each_step(first, second)
    assert done == ["second"]
    assert "first stopped half-way" in caplog.text
