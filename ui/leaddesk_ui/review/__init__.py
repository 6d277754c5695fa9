"""The review page: a week looked back on, and the mistakes that can still be mended."""
