"""Where people sign in with the browser: a profile's own list, then the shipped one."""

from __future__ import annotations

from pathlib import Path

from leaddesk.doors.paths import resource
from leaddesk.rules.authorities import parse
from leaddesk.words.sign_in import Authority

_NAME = "authorities.toml"


def authorities(profile: Path) -> tuple[Authority, ...]:
    """All that are known, the profile's own first. Raises Unusable for a file that is no list."""
    own = profile / _NAME
    files = [own] if own.is_file() else []
    texts = [file.read_text(encoding="utf-8") for file in (*files, resource(_NAME))]
    return tuple(authority for text in texts for authority in parse(text))
