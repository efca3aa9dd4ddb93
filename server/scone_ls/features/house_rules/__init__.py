"""House rules: what a team's own JSON Schemas find in a manifest, at the places of our tree.

The schemas are data; whoever reads files hands them in. It takes the `jsonschema` library, which is slow to load, so
it is imported only where there are house rules. What nobody can know yet is not judged, see `instance`.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from scone_ls.analysis.document import Document, Manifest
from scone_ls.features.house_rules.instance import instance_of, place_of
from scone_ls.features.house_rules.messages import is_about_key, message
from scone_ls.features.house_rules.schema import HouseSchema
from scone_ls.features.house_rules.validation import mistakes
from scone_ls.rules.rule import Finding

_MOST = 500  # Findings of one schema in one manifest; whoever has more has another problem.


def house_rules(document: Document, schemas: Iterable[HouseSchema]) -> tuple[Finding, ...]:
    """Return what the schemas find in the manifests of a document, each mistake once.

    Raises:
        HouseSchemaError: a schema can't be used, as it refers to what there is not.

    """
    found = (
        finding
        for schema in schemas
        for manifest in document.manifests
        if schema.kind in (None, manifest.identity.kind)
        for finding in islice(_findings(document, manifest, schema), _MOST)
    )
    return tuple(dict.fromkeys(found))


def _findings(document: Document, manifest: Manifest, schema: HouseSchema) -> Iterator[Finding]:
    root = manifest.document.root
    if root is None:
        return
    for mistake in mistakes(schema, instance_of(root, whole=not document.faults)):
        span = place_of(root, mistake.path, at_key=is_about_key(mistake))
        yield Finding(span, message(mistake, schema.name), severity=schema.severity)
