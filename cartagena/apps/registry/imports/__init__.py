"""From files to published records: national reports, treaty status, groups, registers, labels.

Reading is strict and lists every problem with its place and what to do; what is wrong in one report
never keeps another one out.
"""
