"""The desk: the pages on which people write records, check, publish, amend and withdraw them."""
