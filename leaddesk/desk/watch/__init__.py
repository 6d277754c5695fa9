"""Watching: mail accounts by IMAP, Maildirs and folders by looking. What lands is stored raw, at once."""

from leaddesk.desk.watch.feed import FeedWatcher
from leaddesk.desk.watch.folder import FolderWatcher
from leaddesk.desk.watch.pace import Pace
from leaddesk.desk.watch.sweep import FolderNames, Sweep, Swept

__all__ = ["FeedWatcher", "FolderNames", "FolderWatcher", "Pace", "Sweep", "Swept"]
