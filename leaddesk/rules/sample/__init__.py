"""Sample leads for the demo, the benches and the curious: invented people, realistic shapes and ages.

The texts stand in resources/samples; whoever calls reads those files and gives them to `read_texts`.
"""

from leaddesk.rules.sample.first import known
from leaddesk.rules.sample.lead import SampleLead, SampleMail
from leaddesk.rules.sample.make import make
from leaddesk.rules.sample.texts import SampleTexts, read_texts

__all__ = ["SampleLead", "SampleMail", "SampleTexts", "known", "make", "read_texts"]
