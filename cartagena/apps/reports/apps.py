"""The app as Django knows it."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.reports"
    label = "reports"

    def ready(self) -> None:
        """Tell the drafting app what a report needs before it is published."""
        from cartagena.apps.drafting.api import add_gate
        from cartagena.apps.reports.checking import make_gate
        from cartagena.engine.record_type import list_report_types

        for record_type in list_report_types():
            add_gate(record_type, make_gate(record_type))
