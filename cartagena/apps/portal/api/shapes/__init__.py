"""What the answers of the API look like, field by field: the source of its OpenAPI document."""
