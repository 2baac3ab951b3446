"""Files that were attached before the log told of them are entered at its end."""

from typing import Any, ClassVar

from django.db import migrations

from cartagena.engine.canonical import canonical_json
from cartagena.engine.hash_chain import FIRST_HASH, chain_hash, write_moment


def enter_files(apps: Any, _editor: Any) -> None:
    """Add an entry for each file that has none, in the order in which they came."""
    events = apps.get_model("drafting", "DraftEvent").objects
    last = events.order_by("-position").values_list("position", "hash").first()
    position, before = last or (0, FIRST_HASH)
    known = set(events.filter(action="attach").values_list("field", flat=True))
    files = apps.get_model("drafting", "Attachment").objects.order_by("uploaded_at", "pk")
    for file in files.iterator():
        if str(file.pk) in known:
            continue
        position += 1
        said = {
            "action": "attach",
            "identifier": file.identifier,
            "field": str(file.pk),
            "revision": None,
            "before": "",
            "after": "secret" if file.confidential else "open",
            "body_sha256": file.sha256,
            "reason": "",
        }
        more = {"position": position, "at": write_moment(file.uploaded_at), "draft": None}
        statement = canonical_json({**said, **more, "actor": file.uploaded_by_id})
        made = chain_hash(before, statement)
        events.create(
            **said,
            position=position,
            at=file.uploaded_at,
            actor_id=file.uploaded_by_id,
            statement=statement,
            previous_hash=before,
            hash=made,
        )
        before = made


class Migration(migrations.Migration):
    """Enter the files."""

    dependencies: ClassVar = [("drafting", "0004_claims_are_reviewed")]

    operations: ClassVar = [migrations.RunPython(enter_files, migrations.RunPython.noop)]
