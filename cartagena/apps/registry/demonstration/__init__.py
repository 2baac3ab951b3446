"""Made-up reports, records, registers and usage that show what the program does.

Everything is worked out from stable hashes of names, so every load gives the same data. Nothing
here says anything about a real country: treaty status and groups are real, all answers are not.
"""
