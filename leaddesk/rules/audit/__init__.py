"""What a mailbox's own past tells: who asked, who was answered and when, and who never was."""
