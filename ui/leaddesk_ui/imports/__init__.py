"""The import page: a file of people looked at, tried, taken in, and taken back."""
