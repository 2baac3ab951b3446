"""How what the Parties adopted is read: plain Python, no Django, no database.

The engine turns *facts* (published, flattened, dated) into *evidence* (sets of Parties), *verdicts*
(yes, no, unknown) and *figures* (headline, floor, ceiling, response). Start with
:class:`cartagena.engine.evaluate.Evaluator`; ``examples/evaluate_from_download.py`` shows it whole.
"""
