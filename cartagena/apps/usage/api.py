"""What other parts of the program may use of the counts of use."""

from cartagena.apps.usage.folding import Folded, fold_usage, publish_closed_months
from cartagena.apps.usage.models import UsageDay

__all__ = ["Folded", "UsageDay", "fold_usage", "publish_closed_months"]
