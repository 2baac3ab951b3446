"""Forms made from the declaration of a record type: body -> form, and what was sent -> changes.

    form = build_form(shape, body, FormContext(...))     # what a page shows
    changes = read_changes(shape, body, sent, names)     # only what the person changed

What a form shows of a body, unchanged and sent back, gives the same body.
"""
