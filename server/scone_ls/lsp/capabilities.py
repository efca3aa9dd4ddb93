"""What the client can take, and what it is offered; plain data, read without trust in its shape.

Clients send values that no list of ours knows, and leave out what they should send; whatever is not
understood counts as not supported. Field names are those of LSP 3.17, `ClientCapabilities`.
"""

from typing import Any, NamedTuple, cast

from scone_ls import __version__
from scone_ls.lsp.messages import Json
from scone_ls.settings import SECTION
from scone_ls.text import Encoding

BUILD_COMMAND = "scone-ls.build"
CHECK_COMMAND = "scone-ls.check"
DOCTOR_COMMAND = "scone-ls.doctor"
RENDER_COMMAND = "scone-ls.render"
PLAN_COMMAND = "scone-ls.plan"
RENDERED_SCHEME = "scone-ls-rendered"
"""The scheme of the URIs of what templates become."""
COMMANDS = (BUILD_COMMAND, CHECK_COMMAND, DOCTOR_COMMAND, RENDER_COMMAND, PLAN_COMMAND)
_FORGETFUL = "Neovim"
TRIGGERS = (" ", "$", "{", "-")
"""What opens the list of completions besides letters: a value or item may begin, or a variable."""
_WATCHED_FILES = "**/*.{yaml,yml,template,env,sh,gitignore}"
_OPERATED = [
    {"pattern": {"glob": _WATCHED_FILES, "matches": "file"}},
    {"pattern": {"glob": "**", "matches": "folder"}},
]
_WAYS_OF_DIAGNOSTICS = ("publishDiagnostics", "diagnostic")
_CONFIG_FILES = "**/{.scone-ls,pyproject}.toml"


class Client(NamedTuple):
    """What one client said about itself when it started the server."""

    encoding: Encoding
    negotiates_encoding: bool
    version_in_diagnostics: bool
    pulls_diagnostics: bool
    renews_open_documents: bool
    """Whether it asks for the diagnostics of open documents again when it is told to, also if it can ask for a workspace's.

    Neovim (up to 0.12) does not, which is worse than to do without those of files that are not open.
    """
    refreshes_diagnostics: bool
    related_information: bool
    code_description: bool
    tags_of_diagnostics: frozenset[int]
    markdown_in_hover: bool
    markdown_in_completion: bool
    snippets: bool
    insert_replace: bool
    as_is_indentation: bool
    deprecated_tag: bool
    preselect: bool
    hierarchical_symbols: bool
    symbol_tags: bool
    action_literals: bool
    preferred_actions: bool
    versioned_changes: bool
    definition_links: bool
    prepares_rename: bool
    link_tooltips: bool
    shows_content: bool
    """Whether it asks for documents that only the server has."""
    configuration: bool
    registers_configuration: bool
    registers_watched_files: bool
    progress: bool
    folders: tuple[str, ...]
    options: Any
    """The `initializationOptions`, whatever they are."""


def client(params: Json) -> Client:
    """Read the parameters of `initialize`."""
    encodings = [
        known for name in _list(params, "capabilities.general.positionEncodings") if (known := _encoding(name))
    ]
    document = "capabilities.textDocument."
    item = f"{document}completion.completionItem."
    return Client(
        encoding=encodings[0] if encodings else Encoding.UTF16,
        negotiates_encoding=bool(encodings),
        version_in_diagnostics=_flag(params, f"{document}publishDiagnostics.versionSupport"),
        renews_open_documents=_at(params, "clientInfo.name") != _FORGETFUL,
        pulls_diagnostics=isinstance(_at(params, f"{document}diagnostic"), dict),
        refreshes_diagnostics=_flag(params, "capabilities.workspace.diagnostics.refreshSupport"),
        related_information=_flag_of_diagnostics(params, "relatedInformation"),
        code_description=_flag_of_diagnostics(params, "codeDescriptionSupport"),
        tags_of_diagnostics=frozenset(
            tag
            for way in _WAYS_OF_DIAGNOSTICS
            for tag in _list(params, f"{document}{way}.tagSupport.valueSet")
            if isinstance(tag, int)
        ),
        markdown_in_hover="markdown" in _list(params, f"{document}hover.contentFormat"),
        markdown_in_completion="markdown" in _list(params, f"{item}documentationFormat"),
        snippets=_flag(params, f"{item}snippetSupport"),
        insert_replace=_flag(params, f"{item}insertReplaceSupport"),
        as_is_indentation=1 in _list(params, f"{item}insertTextModeSupport.valueSet"),
        deprecated_tag=1 in _list(params, f"{item}tagSupport.valueSet"),
        preselect=_flag(params, f"{item}preselectSupport"),
        hierarchical_symbols=_flag(params, f"{document}documentSymbol.hierarchicalDocumentSymbolSupport"),
        symbol_tags=1 in _list(params, f"{document}documentSymbol.tagSupport.valueSet"),
        action_literals=isinstance(_at(params, f"{document}codeAction.codeActionLiteralSupport"), dict),
        preferred_actions=_flag(params, f"{document}codeAction.isPreferredSupport"),
        versioned_changes=_flag(params, "capabilities.workspace.workspaceEdit.documentChanges"),
        definition_links=_flag(params, f"{document}definition.linkSupport"),
        prepares_rename=_flag(params, f"{document}rename.prepareSupport"),
        link_tooltips=_flag(params, f"{document}documentLink.tooltipSupport"),
        shows_content=isinstance(_at(params, "capabilities.workspace.textDocumentContent"), dict),
        configuration=_flag(params, "capabilities.workspace.configuration"),
        registers_configuration=_flag(params, "capabilities.workspace.didChangeConfiguration.dynamicRegistration"),
        registers_watched_files=_flag(params, "capabilities.workspace.didChangeWatchedFiles.dynamicRegistration"),
        progress=_flag(params, "capabilities.window.workDoneProgress"),
        folders=_folders(params),
        options=params.get("initializationOptions"),
    )


def offered(client: Client) -> Json:
    """The answer to `initialize`: what this client can use of what there is."""
    capabilities: Json = {
        "textDocumentSync": {"openClose": True, "change": 2},
        "hoverProvider": True,
        "completionProvider": {"triggerCharacters": list(TRIGGERS)},
        "documentSymbolProvider": True,
        "definitionProvider": True,
        "referencesProvider": True,
        "documentHighlightProvider": True,
        "renameProvider": {"prepareProvider": True} if client.prepares_rename else True,
        "workspaceSymbolProvider": True,
        "documentLinkProvider": {"resolveProvider": False},
        "inlayHintProvider": True,
        "executeCommandProvider": {"commands": list(COMMANDS)},
        "codeLensProvider": {"resolveProvider": False},
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {key: {"filters": _OPERATED} for key in ("didCreate", "didRename", "didDelete")},
        },
    }
    if client.negotiates_encoding:
        capabilities["positionEncoding"] = client.encoding.value
    if client.shows_content:
        capabilities["workspace"]["textDocumentContent"] = {"schemes": [RENDERED_SCHEME]}
    if client.action_literals:
        capabilities["codeActionProvider"] = {"codeActionKinds": ["quickfix", "source.fixAll"]}
    if client.pulls_diagnostics:
        capabilities["diagnosticProvider"] = {
            "identifier": SECTION,
            "interFileDependencies": True,
            "workspaceDiagnostics": client.renews_open_documents,
        }
    return {"capabilities": capabilities, "serverInfo": {"name": SECTION, "version": __version__}}


def registrations(client: Client) -> list[Json]:
    """What is asked of the client after the start: to tell of changed settings, and of files that change on the disk."""
    wanted: list[Json] = []
    if client.registers_configuration:
        method = "workspace/didChangeConfiguration"
        wanted.append({"id": method, "method": method, "registerOptions": {"section": SECTION}})
    if client.registers_watched_files:
        method = "workspace/didChangeWatchedFiles"
        watchers = [{"globPattern": _WATCHED_FILES}, {"globPattern": _CONFIG_FILES}]
        wanted.append({"id": method, "method": method, "registerOptions": {"watchers": watchers}})
    return wanted


def _at(value: object, path: str) -> object:
    for name in path.split("."):
        if not isinstance(value, dict):
            return None
        value = cast("Json", value).get(name)
    return value


def _flag(params: Json, path: str) -> bool:
    return _at(params, path) is True


def _flag_of_diagnostics(params: Json, name: str) -> bool:
    return any(_flag(params, f"capabilities.textDocument.{way}.{name}") for way in _WAYS_OF_DIAGNOSTICS)


def _list(params: Json, path: str) -> list[object]:
    value = _at(params, path)
    return cast("list[object]", value) if isinstance(value, list) else []


def _encoding(name: object) -> Encoding | None:
    return next((encoding for encoding in Encoding if encoding.value == name), None)


def _folders(params: Json) -> tuple[str, ...]:
    uris = [_at(folder, "uri") for folder in _list(params, "workspaceFolders")] or [params.get("rootUri")]
    return tuple(uri for uri in uris if isinstance(uri, str))
