"""The read API: everything the portal shows, as JSON. Addresses under /api/v1/."""
