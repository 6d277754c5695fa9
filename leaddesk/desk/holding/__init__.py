"""The holding message: judged for each enquiry that lands, put into the outbox, shown before it is on."""
