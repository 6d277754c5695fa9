"""How a lead's outgoing mails stand, in the one word that its row keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leaddesk.words.outgoing import OutgoingKind
from leaddesk.words.states import UNDER_WAY, OutgoingState

_S = OutgoingState


def outbox_standing(outgoing: Any, leads: Sequence[int]) -> str:
    """The worst of what is on its way: a person is asked before anything else is shown as going.

    A refusal is over once a later mail is on its way or was sent. A holding message is nobody's answer.
    """
    shown = [state.value for state in (*UNDER_WAY, _S.UNSURE, _S.REFUSED, _S.SENT)]
    query = outgoing.select(outgoing.state).where(
        outgoing.lead.in_(list(leads)),
        outgoing.state.in_(shown),
        outgoing.kind == OutgoingKind.REPLY.value,
    )
    states = [OutgoingState(row.state) for row in query.order_by(outgoing.id)]
    if _S.UNSURE in states:
        return "unsure"
    if states and states[-1] is _S.REFUSED:
        return "refused"
    return "" if set(states).isdisjoint(UNDER_WAY) else "going"
