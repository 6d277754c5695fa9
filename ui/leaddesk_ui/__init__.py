"""The Qt face of LeadDesk: shows what the desk knows and says what the person did."""

from .sourceless import spare_sources

spare_sources()
