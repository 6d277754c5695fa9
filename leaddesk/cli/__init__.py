"""The command line: the second face of the same core, a module a subject."""

from leaddesk.cli.call import Faces, Wish
from leaddesk.cli.program import run

__all__ = ["Faces", "Wish", "run"]
