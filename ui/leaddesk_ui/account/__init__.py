"""Setting up a mailbox: address, proposal, password, and the test step by step."""
