"""Watching: mail accounts by IMAP, Maildirs and folders by looking. What lands is stored raw, at once."""

from leaddesk.desk.watch.feed import FeedWatcher
from leaddesk.desk.watch.folder import FolderWatcher, Pace
from leaddesk.desk.watch.sweep import Sweep, Swept

__all__ = ["FeedWatcher", "FolderWatcher", "Pace", "Sweep", "Swept"]
