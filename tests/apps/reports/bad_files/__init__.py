"""Filled questionnaires as they come back from people: what is wrong with them, and what is not.

`make.py` makes `files/`, `manifest.yaml` says what is told about each of them.
"""
