"""What other parts of the program may use of the exchange."""

from cartagena.apps.exchange.exporting import export_records, write_lines
from cartagena.apps.exchange.importing import RecordImportOptions, import_records
from cartagena.apps.exchange.index.follow import follow_behind
from cartagena.apps.exchange.remote import FetchOptions, PeerError, import_from_peer
from cartagena.apps.exchange.stored import (
    StoredVersion,
    list_exchanged_types,
    list_stored,
    list_with_latest,
    public_body,
    write_line,
)

__all__ = [
    "FetchOptions",
    "PeerError",
    "RecordImportOptions",
    "StoredVersion",
    "export_records",
    "follow_behind",
    "import_from_peer",
    "import_records",
    "list_exchanged_types",
    "list_stored",
    "list_with_latest",
    "public_body",
    "write_line",
    "write_lines",
]
