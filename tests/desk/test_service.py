"""A service's thread: started, stopped, and cut short."""

from __future__ import annotations

import threading

from leaddesk.desk.service import Service


class Counting(Service):
    """Counts its rounds."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds = 0
        self.went_round = threading.Event()

    def round(self) -> float:
        self.rounds += 1
        self.went_round.set()
        return 60.0


def test_a_service_rests_until_it_is_kicked_and_ends_when_it_is_told() -> None:
    service = Counting()
    service.start()
    assert service.went_round.wait(5)
    service.went_round.clear()
    service.kick()
    assert service.went_round.wait(5)
    service.stop()
    assert service.join(5)
    assert service.rounds == 2


def test_a_service_whose_start_was_cut_short_by_a_signal_can_be_stopped() -> None:
    service = Counting()
    service._thread = threading.Thread(target=service._run)  # as where `start` was interrupted
    service.stop()
    assert service.join(0.1)
    service._thread.start()
    service._thread.join(5)
    assert service.rounds == 0
