"""The arguments of each command, and which module takes them; the modules are loaded only when they are needed."""

import argparse
import os
from collections.abc import Callable
from typing import NoReturn

from scone_ls import __version__

_SEVERITIES = ("error", "warning", "information", "hint")
_FORMS = ("text", "json", "sarif", "github", "junit", "rdjson")
_LOG_LEVELS = ("debug", "info", "warning", "error")


def command(arguments: list[str]) -> int:
    """Run the command that the arguments name; raises `SystemExit` after help and after arguments that are wrong."""
    whole = parser()
    options, surplus = whole.parse_known_args(arguments)
    if options.run is None:
        whole.print_help()
        return 2
    if surplus:
        options.parser.refuse(surplus[0])
    return options.run(options)


class _Help(argparse.HelpFormatter):
    """The help, as wide as the terminal; argparse would load half of the standard library to learn that."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size(1).columns
        except OSError:
            columns = 80
        super().__init__(prog, max_help_position=32, width=min(columns, 120) - 2)


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in our words."""

    def error(self, message: str) -> NoReturn:
        """End with a sentence and where to read on."""
        self.exit(2, f"scone-ls: {message} (`{self.prog} --help` says more)\n")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Refuse a value that is none of the choices; argparse itself would say so without an idea what was meant."""
        if action.choices is None or value in action.choices:
            return
        from scone_ls.spec import spelling

        what = action.option_strings[0] if action.option_strings else str(action.metavar).lower()
        meant = spelling.nearest(str(value), map(str, action.choices))
        way_out = (
            f"did you mean `{meant}`?" if meant else f"there are {', '.join(f'`{one}`' for one in action.choices)}"
        )
        self.error(
            f"`{value}` is no value for {what}; {way_out}"
            if action.option_strings
            else f"there is no {what} `{value}`; {way_out}"
        )

    def refuse(self, word: str) -> NoReturn:
        """End because of an argument that nothing takes."""
        if not word.startswith("-"):
            self.error(f"`{word}` is one argument too many")
        from scone_ls.spec import spelling

        option = word.partition("=")[0]
        meant = spelling.nearest(option, (known for known in self._option_string_actions if known.startswith("--")))
        self.error(f"unknown option `{option}`" + (f"; did you mean `{meant}`?" if meant else ""))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    about = "Checks SCONE manifests and serves editors."
    whole = _Parser("scone-ls", description=about, allow_abbrev=False, formatter_class=_Help)
    whole.add_argument("--version", action="version", version=f"scone-ls {__version__}")
    whole.set_defaults(run=None)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, about: str, run: Callable[[argparse.Namespace], int]) -> _Parser:
        added = commands.add_parser(
            name, help=about, description=f"{about[:1].upper()}{about[1:]}.", allow_abbrev=False, formatter_class=_Help
        )
        added.add_argument("--debug", action="store_true", help="show a traceback when scone-ls itself has a defect")
        added.set_defaults(run=run, parser=added)
        return added

    _add_check(add("check", "check manifests: files, folders, standard input", _check))
    _add_build(add("build", "build manifests with sconectl", _build))
    _add_doctor(add("doctor", "say what would make a build fail", _doctor))
    _add_plan(add("plan", "show what a build would make of a manifest", _plan))
    _add_render(add("render", "fill in the variables of a template, as envsubst does", _render))
    _add_rule(add("rule", "explain a rule, or list all of them", _rule))
    schema = add("schema", "print the JSON Schema of a kind of manifest", _schema)
    schema.add_argument("kind", metavar="KIND", help="genservice or mesh")
    completion = add("completion", "print what makes a shell complete scone-ls", _completion)
    completion.add_argument("shell", metavar="SHELL", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")
    completion.epilog = (
        "For bash, write it to ~/.local/share/bash-completion/completions/scone-ls; for zsh, to a file _scone-ls in a "
        "folder of $fpath; for fish, to ~/.config/fish/completions/scone-ls.fish."
    )
    _add_serve(add("serve", "serve an editor, on standard input and output", _serve))
    return whole


def _add_check(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("names", nargs="*", metavar="FILE|DIR|-", help="what to check; default: the current directory")
    add("--stdin-filename", default="-", metavar="NAME", help="the name under which to report standard input")
    add("--severity", choices=_SEVERITIES, default="hint", help="the least severe that is reported and counts")
    add("--ignore", action="append", default=[], metavar="CODE", help="leave out a rule; may be given again")
    add("--exit-zero", action="store_true", help="end with 0 whatever is found")
    add("--output-format", choices=_FORMS, default="text", help="the form of the report")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--fix", action="store_true", help="mend in the files what can be mended safely")
    action.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    add("--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal only")


def _add_build(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("names", nargs="+", metavar="FILE|DIR", help="the manifests; of a folder all that are in it")
    add("--folder", metavar="DIR", help="the folder to build in, which holds all its files; default: the current one")
    add("--force", action="store_true", help="build although the manifest has errors, or something else is wrong")
    add("--with-services", action="store_true", help="build the services first whose images a mesh runs")
    add("--mode", choices=("production", "debug"), help="what images are built for; default: production")
    add("--no-push", action="store_true", help="do not push the image of a service")
    add("--dry-run", action="store_true", help="do not upload policies")
    add("--set-version", metavar="VERSION", help="the version of the helper images")
    add("--release", metavar="NAME", help="the release that a mesh is for")
    add("-v", dest="verbosity", action="count", help="have the tool say more; may be given again, up to 8 times")
    _add_variables(parser)
    add("--output-format", choices=("text", "json"), default="text", help="the form of the report")


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("names", nargs="*", metavar="FILE", help="manifests to look at as well")
    add("--folder", metavar="DIR", help="the folder to build in; default: the current one")
    _add_variables(parser)
    add("--output-format", choices=("text", "json"), default="text", help="the form of the report")


def _add_plan(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", help="the manifest or template")
    add("--folder", metavar="DIR", help="the folder to build in; default: the current one")
    _add_variables(parser)
    add("--output-format", choices=("text", "json"), default="text", help="the form of the plan")


def _add_render(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE|-", help="the template")
    _add_variables(parser)
    add("--output", metavar="FILE", help="where to write the result; default: standard output")


def _add_variables(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--env-file", action="append", default=[], metavar="FILE", help="a file of variables, such as .env")
    add("--set", action="append", default=[], metavar="NAME=VALUE", help="a variable; wins over all others")


def _add_rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="such as unknown-key")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--stdio", action="store_true", help="use standard input and output, as it does anyway")
    add("--tcp", metavar="HOST:PORT", help="wait for one client on a port of this machine instead, for debugging")
    add("--log-level", choices=_LOG_LEVELS, default="warning", help="how much to write to standard error")


def _check(options: argparse.Namespace) -> int:
    from scone_ls.cli import check
    from scone_ls.cli.report.form import Form
    from scone_ls.rules.rule import Severity

    action = check.Action.FIX if options.fix else check.Action.DIFF if options.diff else check.Action.REPORT
    return check.run(
        check.Options(
            names=tuple(options.names),
            stdin_name=options.stdin_filename,
            lowest=Severity[options.severity.upper()],
            ignored=tuple(options.ignore),
            exit_zero=options.exit_zero,
            form=Form(options.output_format),
            action=action,
            colour=options.color,
            debug=options.debug,
        )
    )


def _build(options: argparse.Namespace) -> int:
    from scone_ls.build.command import Mode
    from scone_ls.build.command import Options as BuildOptions
    from scone_ls.cli import build

    return build.run(
        build.Options(
            names=tuple(options.names),
            folder=options.folder,
            force=options.force,
            with_services=options.with_services,
            build=BuildOptions(
                mode=None if options.mode is None else Mode(options.mode),
                push=False if options.no_push else None,
                dry_run=options.dry_run,
                version=options.set_version,
                verbosity=options.verbosity,
                release=options.release,
            ),
            env_files=tuple(options.env_file),
            given=tuple(options.set),
            form=build.Form(options.output_format),
        )
    )


def _doctor(options: argparse.Namespace) -> int:
    from scone_ls.cli import build, doctor

    form = build.Form(options.output_format)
    return doctor.run(
        doctor.Options(tuple(options.names), options.folder, tuple(options.env_file), tuple(options.set), form)
    )


def _plan(options: argparse.Namespace) -> int:
    from scone_ls.cli import build, plan

    form = build.Form(options.output_format)
    return plan.run(plan.Options(options.file, options.folder, tuple(options.env_file), tuple(options.set), form))


def _render(options: argparse.Namespace) -> int:
    from scone_ls.cli import render

    return render.run(render.Options(options.file, tuple(options.env_file), tuple(options.set), options.output))


def _rule(options: argparse.Namespace) -> int:
    from scone_ls.cli import rule

    return rule.run(rule.Options(options.code, options.output_format == "json"))


def _schema(options: argparse.Namespace) -> int:
    from scone_ls.cli import schema

    return schema.run(options.kind)


def _serve(options: argparse.Namespace) -> int:
    from scone_ls.cli import serve

    return serve.run(serve.Options(options.tcp, options.log_level))


def _completion(options: argparse.Namespace) -> int:
    from scone_ls.cli import completion

    return completion.run(completion.Shell(options.shell), parser())
