"""The item models, held by Qt's own tester, through a thousand changes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from leaddesk.words.views import QueueRow
from leaddesk_ui.theme import Theme
from leaddesk_ui.today.lines import Line, LineList, LineModel
from leaddesk_ui.today.model import QueueModel, Role
from leaddesk_ui.today.queue_list import QueueList

from .fake_desk import HOSTILE, ROWS, FakeClock, ago, row

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def many(count: int) -> list[QueueRow]:
    return [row(n, n, f"Person {n}", ago(minutes=n), "Something", "New") for n in range(1, count + 1)]


def test_the_queue_model_satisfies_qts_tester_through_a_thousand_changes(qapp: object) -> None:
    model = QueueModel(FakeClock().now)
    QAbstractItemModelTester(model, FATAL)
    chance, pool = random.Random(7), many(40)
    for _ in range(1000):
        rows = chance.sample(pool, chance.randrange(0, 30))
        model.show(rows)
        assert [model.index(n).data(Role.ROW) for n in range(model.rowCount())] == rows


def test_the_line_model_satisfies_qts_tester(qapp: object) -> None:
    model = LineModel()
    QAbstractItemModelTester(model, FATAL)
    model.show([Line(1, "a", "b", "c"), Line(2, "a", "b", "c", "d")])
    model.show([])
    assert model.rowCount() == 0


def test_a_thousand_updates_keep_the_selection_and_choose_nobody(qtbot: QtBot, theme: Theme) -> None:
    shown = QueueList(theme, FakeClock().now)
    qtbot.addWidget(shown)
    chosen: list[int] = []
    chance, pool = random.Random(3), many(40)
    kept = pool[20]
    shown.show_rows(pool)
    shown.keep(kept.lead)
    shown.chosen.connect(chosen.append)
    for _ in range(1000):
        others = chance.sample(pool[:20] + pool[21:], chance.randrange(0, 25))
        rows = [*others, kept]
        chance.shuffle(rows)
        shown.show_rows(rows)
        assert shown.currentIndex().data(Role.ROW) == kept
    assert chosen == []


def test_a_lead_that_leaves_the_queue_takes_the_selection_with_it(qtbot: QtBot, theme: Theme) -> None:
    shown = QueueList(theme, FakeClock().now)
    qtbot.addWidget(shown)
    shown.show_rows(ROWS)
    shown.keep(3)
    chosen: list[int] = []
    shown.chosen.connect(chosen.append)
    shown.show_rows([one for one in ROWS if one.lead != 3])
    assert not shown.currentIndex().isValid()
    assert not shown.selectionModel().hasSelection()
    shown.show_rows(ROWS)
    assert shown.currentIndex().data(Role.ROW).lead == 3
    assert chosen == []


def test_the_tick_says_only_the_times_that_read_differently(qapp: object) -> None:
    clock = FakeClock()
    model = QueueModel(clock.now)
    model.show(ROWS)
    said: list[tuple[int, list[int]]] = []
    model.dataChanged.connect(lambda top, bottom, roles: said.append((top.row(), list(roles))))
    clock.time += timedelta(seconds=1)
    assert model.tick(0, 4) == 1, "only the one under ten minutes runs in seconds"
    assert said == [(0, [Role.TIME])]
    clock.time += timedelta(minutes=1)
    assert model.tick(0, 4) == 3, "and the two that are told in minutes"
    assert model.tick(0, 4) == 0


def test_a_row_that_only_moved_up_is_not_repainted(qapp: object) -> None:
    model = QueueModel(FakeClock().now)
    model.show(ROWS)
    said: list[int] = []
    model.dataChanged.connect(lambda top, bottom, roles: said.append(top.row()))
    model.show([replace(one, place=one.place + 1) for one in ROWS])
    assert said == []
    model.show([replace(ROWS[0], wants="Something else"), *ROWS[1:]])
    assert said == [0]


def test_a_row_can_be_read_aloud(qapp: object) -> None:
    model = QueueModel(FakeClock().now)
    model.show([replace(ROWS[0], name=HOSTILE)])
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"{HOSTILE}, new, waits 2:14 min, now.")


def test_moving_down_chooses_row_after_row_and_stops_at_the_last(qtbot: QtBot, theme: Theme) -> None:
    shown = QueueList(theme, FakeClock().now)
    qtbot.addWidget(shown)
    shown.show_rows(ROWS)
    chosen: list[int] = []
    shown.chosen.connect(chosen.append)
    for _ in range(7):
        shown.step(1)
    assert chosen == [1, 2, 3, 4, 5]
    shown.step(-1)
    assert chosen[-1] == 4


def test_found_words_are_marked_and_the_first_row_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    shown = LineList(theme, "Found leads")
    qtbot.addWidget(shown)
    shown.show_lines(
        [Line(4, "Lofthouse", "open", "A loft (dormer", "site"), Line(5, "b", "", "", "")], "loft ("
    )
    assert shown.chosen == 4
    shown.resize(400, 300)
    shown.show()
    qtbot.waitExposed(shown)
    assert not shown.grab().isNull()
