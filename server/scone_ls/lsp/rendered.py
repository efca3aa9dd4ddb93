"""Templates with their variables filled in, as documents beside their sources that can only be read.

A client opens `scone-ls-rendered:NAME?URI` with the URI of the template; it is told when the template changed.
"""

from urllib.parse import quote, unquote

from lsprotocol import types

from scone_ls.analysis.document import Document
from scone_ls.build.command import Refusal
from scone_ls.build.rendering import TEMPLATE_SUFFIX, Rendered, render
from scone_ls.build.variables import Variables, why_unset
from scone_ls.lsp import builds, convert
from scone_ls.lsp.capabilities import RENDERED_SCHEME
from scone_ls.lsp.messages import Json
from scone_ls.lsp.session import Session


def filled_in(session: Session, document: Document, wanted: builds.Wanted) -> tuple[Rendered, Variables]:
    """Fill in a template with the values that there are for it, which are returned as well."""
    known = builds.variables_for(session, document.uri, wanted)
    return render(document.text.string, known.values, document.file.comments), known


def uri_of(source: str) -> str:
    """Return the URI of what a template becomes."""
    name = source.rpartition("/")[2].removesuffix(TEMPLATE_SUFFIX)
    return f"{RENDERED_SCHEME}:{name}?{quote(source, safe='')}"


def content(session: Session, params: types.TextDocumentContentParams) -> Json:
    """What a template becomes; what is not set is named in comments before it."""
    source = unquote(params.uri.partition("?")[2])
    document = builds.read(session, source)
    if isinstance(document, Refusal):
        return {"text": f"# {document.message}\n"}
    session.rendered[convert.key(source)] = params.uri
    result, known = filled_in(session, document, builds.Wanted())
    missing = dict.fromkeys(why_unset(use.name, known) for use in result.unset)
    return {"text": "".join((*(f"# {each}\n" for each in missing), result.text))}
