"""LeadDesk: the reason no enquiry of a small business goes cold."""

__version__ = "0.1.0"
