"""The commands that the server offers, each with its arguments and a result that a client can use.

All take the URI of a manifest, and `scone-ls.build` options beside it; nothing begins that a user did not ask for.

* `scone-ls.build` builds it, and if wanted its services first: `{"exitCode", "seconds", "problems", "log"}`, or `{"refused", "doubtful"}`.
* `scone-ls.check` counts what is wrong with it: `{"errors", "warnings"}`.
* `scone-ls.doctor` says what would make its build fail: `{"verdicts": [{"name", "state", "message"}]}`.
* `scone-ls.render` fills in a template: `{"uri", "text", "unset": [{"name", "range", "message"}]}`.
* `scone-ls.plan` shows what a build would make of it: `{"text", "plans"}`.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias, cast
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from scone_ls.build.command import Mode, Options, Refusal
from scone_ls.build.preflight import State
from scone_ls.build.variables import why_unset
from scone_ls.features import preview
from scone_ls.features.diagnostics import diagnostics
from scone_ls.lsp import builds, convert, rendered
from scone_ls.lsp.builds import Wanted
from scone_ls.lsp.capabilities import (
    BUILD_COMMAND,
    CHECK_COMMAND,
    DOCTOR_COMMAND,
    PLAN_COMMAND,
    RENDER_COMMAND,
)
from scone_ls.lsp.messages import Json
from scone_ls.lsp.session import Session
from scone_ls.rules.rule import Severity
from scone_ls.spec import spelling

_SHAPES = {bool: "true or false", str: "a text", int: "a number", list: "a list", dict: "an object"}
_OPTIONS: Mapping[str, type] = {
    "force": bool,
    "withServices": bool,
    "mode": str,
    "push": bool,
    "dryRun": bool,
    "version": str,
    "verbosity": int,
    "release": str,
    "envFiles": list,
    "variables": dict,
}


async def run(session: Session, params: types.ExecuteCommandParams) -> Json:
    """Run a command and return how it ended.

    Raises:
        JsonRpcInvalidParams: there is no such command, or its arguments are none.

    """
    if params.command not in _COMMANDS:
        raise JsonRpcInvalidParams(f"there is no command `{params.command}`")
    match list(params.arguments or ()):
        case [str(uri)]:
            wanted = Wanted()
        case [str(uri), {**options}]:
            wanted = _wanted(cast("Json", options))
        case _:
            raise JsonRpcInvalidParams(f"`{params.command}` takes the URI of a manifest, and options as an object")
    return await _COMMANDS[params.command](session, uri, wanted, params.work_done_token)


def _wanted(options: Json) -> Wanted:
    """Read the options of a build; raises `JsonRpcInvalidParams` for one that there is not, or that is none."""
    for name, value in options.items():
        if name not in _OPTIONS:
            meant = spelling.nearest(name, _OPTIONS)
            raise JsonRpcInvalidParams(f"there is no option `{name}`" + (f"; did you mean `{meant}`?" if meant else ""))
        if value is not None and not isinstance(value, _OPTIONS[name]):
            raise JsonRpcInvalidParams(f"the option `{name}` is {_SHAPES[_OPTIONS[name]]}, not `{value}`")
    mode = options.get("mode")
    if mode is not None and mode not in {known.value for known in Mode}:
        raise JsonRpcInvalidParams(f"the option `mode` is `production` or `debug`, not `{mode}`")
    return Wanted(
        options=Options(
            mode=None if mode is None else Mode(mode),
            push=options.get("push"),
            dry_run=options.get("dryRun") or False,
            version=options.get("version"),
            verbosity=options.get("verbosity"),
            release=options.get("release"),
        ),
        force=options.get("force") or False,
        with_services=options.get("withServices") or False,
        env_files=tuple(map(str, cast("list[object]", options.get("envFiles") or []))),
        variables={name: str(value) for name, value in cast("Json", options.get("variables") or {}).items()},
    )


async def _build(session: Session, uri: str, wanted: Wanted, token: types.ProgressToken | None) -> Json:
    return await builds.run(session, uri, wanted, token)


async def _check(session: Session, uri: str, _wanted: Wanted, _token: types.ProgressToken | None) -> Json:
    document = builds.read(session, uri)
    if isinstance(document, Refusal):
        return _refused(session, document)
    found = [diagnostic.severity for diagnostic in diagnostics(document, session.settings_for(uri))]
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    kind = types.MessageType.Error if errors else types.MessageType.Info
    builds.show(session, kind, f"`{_name(uri)}` has {_counted(errors, 'error')} and {_counted(warnings, 'warning')}")
    return {"errors": errors, "warnings": warnings}


async def _doctor(session: Session, uri: str, wanted: Wanted, _token: types.ProgressToken | None) -> Json:
    examined = await builds.examined(session, uri, wanted)
    if isinstance(examined, Refusal):
        return _refused(session, examined)
    wrong = [verdict.message for verdict in examined.verdicts if verdict.state in (State.DOUBT, State.BAD)]
    if wrong:
        builds.show(session, types.MessageType.Error, "\n".join(wrong))
    else:
        builds.show(session, types.MessageType.Info, f"nothing speaks against building `{_name(uri)}`")
    return {
        "verdicts": [
            {"name": verdict.name, "state": verdict.state.value, "message": verdict.message}
            for verdict in examined.verdicts
        ]
    }


async def _render(session: Session, uri: str, wanted: Wanted, _token: types.ProgressToken | None) -> Json:
    document = builds.read(session, uri)
    if isinstance(document, Refusal):
        return _refused(session, document)
    result, known = rendered.filled_in(session, document, wanted)
    return {
        "uri": rendered.uri_of(document.uri),
        "text": result.text,
        "unset": [
            {
                "name": use.name,
                "range": convert.range_(document.text, use.span, session.client.encoding),
                "message": why_unset(use.name, known),
            }
            for use in result.unset
        ],
    }


async def _plan(session: Session, uri: str, _wanted: Wanted, _token: types.ProgressToken | None) -> Json:
    document = builds.read(session, uri)
    if isinstance(document, Refusal):
        return _refused(session, document)
    return {
        "text": "\n".join(preview.as_text(manifest, {}) for manifest in document.manifests),
        "plans": [preview.preview(manifest, {}) for manifest in document.manifests],
    }


def _refused(session: Session, refusal: Refusal) -> Json:
    builds.show(session, types.MessageType.Error, refusal.message)
    return {"refused": refusal.message, "doubtful": refusal.doubtful}


def _name(uri: str) -> str:
    return unquote(uri.rpartition("/")[2])


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


_Run: TypeAlias = Callable[[Session, str, Wanted, types.ProgressToken | None], Awaitable[Json]]
_COMMANDS: Mapping[str, _Run] = {
    BUILD_COMMAND: _build,
    CHECK_COMMAND: _check,
    DOCTOR_COMMAND: _doctor,
    RENDER_COMMAND: _render,
    PLAN_COMMAND: _plan,
}
