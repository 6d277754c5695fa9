"""The door to the authorities where people sign in with the browser (OAuth 2.0 for native apps, RFC 8252)."""

from leaddesk.doors.browser_sign_in.flow import ANSWER_S, sign_in
from leaddesk.doors.browser_sign_in.tokens import refresh

__all__ = ["ANSWER_S", "refresh", "sign_in"]
