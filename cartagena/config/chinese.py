"""Gives our plain `zh` the texts that Django and other packages keep under `zh-hans`."""

from typing import Any

from django.core.signals import request_started
from django.utils.translation import trans_real

_NAME = "cartagena.config.chinese"


def borrow_at_first_request() -> None:
    """Do it when the first page is asked for: by then our own catalogues are compiled."""
    request_started.connect(_borrow, dispatch_uid=_NAME)


def _borrow(**_signal: Any) -> None:
    request_started.disconnect(dispatch_uid=_NAME)
    own: Any = trans_real.translation("zh")
    borrowed: Any = trans_real.DjangoTranslation("zh-hans")
    # Behind our own, so that ours go first where both have a text.
    own._catalog._catalogs.extend(borrowed._catalog._catalogs)
    own._catalog._plurals.extend(borrowed._catalog._plurals)
