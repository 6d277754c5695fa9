"""The door to the desktop's notifications: what to show, and who showed it."""

from leaddesk.doors.notify.notice import Action, Notice, OnAction
from leaddesk.doors.notify.notifier import Ability, Notifier

__all__ = ["Ability", "Action", "Notice", "Notifier", "OnAction"]
