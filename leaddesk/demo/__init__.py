"""The demo's living part: customers who write and answer, from outside, through a Maildir and SMTP.

It knows neither the store nor the desk (an import contract keeps it so) and never a real account.
"""

from leaddesk.demo.living import Living, Pace

__all__ = ["Living", "Pace"]
