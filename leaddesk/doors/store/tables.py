"""The tables of one open store: the models, bound to its database."""

from __future__ import annotations

import threading
from typing import Any

import peewee as pw

from leaddesk.doors.store import models


class Tables:
    """The models bound to one database. Two open stores in one process do not meet.

    A table is called as its model is (`past_id` is a PastIdRow). It is bound when it is first asked for: a
    start uses four of them.
    """

    account: type[models.AccountRow]
    mailbox: type[models.MailboxRow]
    feed: type[models.FeedRow]
    mail: type[models.MailRow]
    mail_bytes: type[models.MailBytesRow]
    correspondent: type[models.CorrespondentRow]
    past_id: type[models.PastIdRow]
    lead: type[models.LeadRow]
    address: type[models.AddressRow]
    enquiry: type[models.EnquiryRow]
    entry: type[models.EntryRow]
    outgoing: type[models.OutgoingRow]
    alert: type[models.AlertRow]
    opt_out: type[models.OptOutRow]
    setting: type[models.SettingRow]
    gap: type[models.GapRow]
    journal: type[models.JournalRow]
    import_batch: type[models.ImportBatchRow]
    import_fill: type[models.ImportFillRow]
    audit: type[models.AuditRow]
    rescue: type[models.RescueRow]
    lesson: type[models.LessonRow]
    lead_text: type[models.LeadTextRow]
    form: type[models.FormRow]
    form_mail: type[models.FormMailRow]
    form_pointer: type[models.FormPointerRow]
    sign_up: type[models.SignUpRow]
    acknowledged: type[models.AcknowledgedRow]
    other_desk: type[models.OtherDeskRow]

    def __init__(self, database: pw.Database) -> None:
        self._database = database
        self._binding = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        if name not in Tables.__annotations__:
            raise AttributeError(name)
        with self._binding:
            if name not in self.__dict__:
                self.__dict__[name] = self._bound(name)
            return self.__dict__[name]

    def _bound(self, name: str) -> Any:
        model = getattr(models, f"{name.title().replace('_', '')}Row")
        meta = type("Meta", (), {"database": self._database, "table_name": name})
        return type(model.__name__, (model,), {"Meta": meta})
