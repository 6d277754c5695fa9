"""How a lead's outgoing mails stand, in the one word that its row keeps."""

from __future__ import annotations

from collections.abc import Sequence

from leaddesk.doors.store.plain import Plain, marks
from leaddesk.words.outgoing import OutgoingKind
from leaddesk.words.states import UNDER_WAY, OutgoingState

_S = OutgoingState
_SHOWN = [state.value for state in (*UNDER_WAY, _S.UNSURE, _S.REFUSED, _S.SENT)]


def outbox_standing(outgoing: Plain, leads: Sequence[int]) -> str:
    """The worst of what is on its way: a person is asked before anything else is shown as going.

    A refusal is over once a later mail is on its way or was sent. A holding message is nobody's answer.
    """
    where = f"lead IN ({marks(leads)}) AND state IN ({marks(_SHOWN)}) AND kind = ? ORDER BY id"
    rows = outgoing.columns("state", where, *leads, *_SHOWN, OutgoingKind.REPLY.value)
    states = [OutgoingState(state) for (state,) in rows]
    if _S.UNSURE in states:
        return "unsure"
    if states and states[-1] is _S.REFUSED:
        return "refused"
    return "" if set(states).isdisjoint(UNDER_WAY) else "going"
