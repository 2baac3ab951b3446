"""The read API: everything the portal shows, as JSON. Addresses under /api/v1/."""

from cartagena.apps.portal.warm_up import warm_up_in_background

__all__ = ["warm_up_in_background"]
