"""How often and how patiently folders are watched."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """All in seconds; tests are less patient."""

    renew_s: float = 240.0
    """IDLE is renewed after this: some routers forget a silent connection in five minutes."""
    sweep_s: float = 600.0
    backoff_s: float = 1.0
    backoff_most_s: float = 60.0
    refused_s: float = 5.0
    """Between the first refused sign-in and the second and last."""
    told_after_s: float = 60.0
    """A server that is away for less than this is nobody's trouble."""
    timeout_s: float = 20.0
    vault_s: float = 60.0
    poll_s: float = 60.0
    """Between two looks where the server has no IDLE."""
