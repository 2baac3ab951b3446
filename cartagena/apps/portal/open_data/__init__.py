"""What the API answers and the files hold, as plain values: one source for both.

Rows are dictionaries of numbers, texts, dates and lists; the API gives them a schema, the downloads
a table.
"""
