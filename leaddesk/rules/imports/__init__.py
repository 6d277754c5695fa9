"""Reading people out of tables and cards: which encoding, which separator, what each column means."""
