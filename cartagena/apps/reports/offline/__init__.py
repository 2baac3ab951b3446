"""A questionnaire that leaves the house: workbook, Word document, page in one file, and back."""
