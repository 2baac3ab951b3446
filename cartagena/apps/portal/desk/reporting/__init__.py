"""National reports on the desk: the questionnaire, its check, its colleagues, its files."""
