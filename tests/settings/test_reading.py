"""Settings as people write them: what holds, what wins, and what is said about what is wrong."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.rules.rule import Severity
from scone_ls.settings.model import Level, Settings
from scone_ls.settings.reading import Reading, Source, read

OFF = {"severity": {"unknown-key": "off"}}
HINT = {"severity": {"unknown-key": "hint"}}

NAMES = st.sampled_from(
    ["severity", "build", "folder", "houseRules", "path", "kind", "inlayHints", "values", "push", "arguments", "x", ""]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def from_file(data: object, folder: Path | None = None) -> Source:
    return Source(data, "", folder, from_editor=False)


WRONG: list[tuple[Any, str]] = [
    (7, "the settings `scone-ls` are an object, not `7`"),
    ({"severity": "off"}, "`scone-ls.severity` is an object, not `off`"),
    ({"severity": {"unknown-key": True}}, "`scone-ls.severity.unknown-key` is one of"),
    ({"severity": {"unknwon-key": "off"}}, "there is no rule `unknwon-key`, which `scone-ls.severity` names"),
    ({"build": {"folder": 7}}, "`scone-ls.build.folder` is a text, not `7`"),
    ({"build": []}, "`scone-ls.build` is an object, not `[]`"),
    ({"build": {"fodler": "x"}}, "there is no setting `scone-ls.build.fodler`; did you mean `folder`?"),
    ({"build": {"push": "no"}}, "`scone-ls.build.push` is `true` or `false`, not `no`"),
    ({"build": {"verbosity": "x"}}, "`scone-ls.build.verbosity` is a whole number, not `x`"),
    ({"build": {"verbosity": 9}}, "`scone-ls.build.verbosity` is at most 8, not `9`"),
    ({"build": {"verbosity": -1}}, "`scone-ls.build.verbosity` is at least 0, not `-1`"),
    ({"build": {"variables": {"A": 1}}}, "`scone-ls.build.variables.A` is a text, not `1`"),
    ({"build": {"arguments": "-v"}}, "`scone-ls.build.arguments` is a list, not `-v`"),
    ({"build": {"arguments": ["-v", 1]}}, "`scone-ls.build.arguments.1` is a text, not `1`"),
    ({"logLevel": "loud"}, "`scone-ls.logLevel` is one of `error`, `warning`, `info`, `debug`, not `loud`"),
    ({"inlayHints": {"value": True}}, "there is no setting `scone-ls.inlayHints.value`; did you mean `values`?"),
    ({"houseRules": [{}]}, "`scone-ls.houseRules.0` needs `path`"),
    (
        {"houseRules": [{"path": "a", "knid": "x"}]},
        "there is no setting `scone-ls.houseRules.0.knid`; did you mean `kind`?",
    ),
    (
        {"houseRules": [{"path": "a", "kind": "meshes"}]},
        "`scone-ls.houseRules.0.kind` is one of `genservice`, `mesh`, not `meshes`",
    ),
    ({"": 1}, "there is no setting `scone-ls.`"),
    ({"x": "y" * 100}, "there is no setting `scone-ls.x`"),
]


@pytest.mark.parametrize(("data", "problem"), WRONG)
def test_a_wrong_setting_is_ignored_and_named(data: Any, problem: str):
    settings, (found,) = read([Source({"logLevel": "info"} if data == 7 else {}), Source(data)])

    assert found.startswith(problem)
    assert dict(settings.for_diagnostics().severities) in ({}, {"unknwon-key": None})


def test_a_long_value_is_cut_in_the_message():
    _, (problem,) = read([Source({"build": {"push": "x" * 1000}})])

    assert problem == f"`scone-ls.build.push` is `true` or `false`, not `{'x' * 60}…`"


def test_several_mistakes_in_a_list_cost_only_their_items():
    rules = [{"path": "a"}, {"kind": 7}, {"path": "b"}, 3, {"path": "c", "kind": 8, "x": 1}]
    settings, problems = read([Source({"houseRules": rules})])

    assert [rule.path for rule in settings.house_rules] == ["a", "b"]
    assert len(problems) == 5


def test_the_later_source_wins_setting_by_setting():
    settings, problems = read(
        map(Source, [{**HINT, "build": {"folder": "x"}}, None, {**OFF, "build": {"push": False}}])
    )

    assert problems == ()
    assert settings.severity == {"unknown-key": Level.OFF}
    assert (settings.build.folder, settings.build.push) == ("x", False)


def test_severities_of_several_sources_stand_side_by_side():
    settings, _ = read(map(Source, [HINT, {"severity": {"missing-key": "off"}}]))

    assert settings.severity == {"unknown-key": Level.HINT, "missing-key": Level.OFF}


def test_null_says_nothing_as_clients_send_it_for_what_nobody_set():
    unset = {"severity": None, "build": {"push": None, "folder": None}, "inlayHints": None, "logLevel": None}

    assert read([Source(unset)]) == Reading(Settings(), ())
    assert read([from_file({"build": {"push": False}}), Source(unset)]).settings.build.push is False


def test_the_house_rules_of_all_sources_hold_each_relative_to_its_own_folder(tmp_path: Path):
    sources = [
        from_file({"houseRules": [{"path": "team.json"}]}, tmp_path / "a"),
        Source({"houseRules": [{"path": "own.json"}, {"path": "/srv/x.json"}]}, folder=tmp_path / "b"),
    ]
    paths = [rule.path for rule in read(sources).settings.house_rules]

    assert paths == [str(tmp_path / "a" / "team.json"), str(tmp_path / "b" / "own.json"), "/srv/x.json"]


def test_the_folder_to_build_in_is_relative_to_the_file_that_names_it(tmp_path: Path):
    assert read([from_file({"build": {"folder": "x"}}, tmp_path)]).settings.build.folder == str(tmp_path / "x")


def test_a_file_of_the_project_cannot_choose_a_program():
    settings, (problem,) = read([from_file({"build": {"sconectl": "./own", "push": False}})])

    assert settings.build.sconectl is None
    assert settings.build.push is False
    assert problem == "`build.sconectl` names a program to run; set it in the editor, not in a file"


def test_names_in_messages_are_those_of_the_file():
    _, problems = read([from_file({"buidl": {}}), Source({"buidl": {}}, "tool.scone-ls", from_editor=False)])

    assert problems == (
        "there is no setting `buidl`; did you mean `build`?",
        "there is no setting `tool.scone-ls.buidl`; did you mean `build`?",
    )


def test_each_level_is_a_severity_or_nothing():
    for level in Level:
        settings, _ = read([Source({"severity": {"unknown-key": level.value}})])
        expected = None if level is Level.OFF else Severity[level.name]

        assert settings.for_diagnostics().severities == {"unknown-key": expected}


@given(st.lists(ANYTHING, max_size=3))
def test_anything_can_be_read(data: list[Any]):
    sources = [Source(data[0], "", Path("/srv"), from_editor=False), *map(Source, data[1:])] if data else []
    settings, problems = read(sources)

    assert isinstance(settings, Settings)
    assert all(isinstance(problem, str) for problem in problems)
