"""The benchmarks' own pieces: what they plant, what they generate, and how they read a server's answers."""

import pytest
from jsonschema import Draft202012Validator

from benchmarks.accuracy import completion, ground, measure, mistakes, oracle
from benchmarks.accuracy.mistakes import Mistake, Sort
from benchmarks.generate import KINDS, manifest
from benchmarks.judge import Offer, Report, Severity, shown, without_snippet_marks
from benchmarks.latency.measure import Timings
from benchmarks.latency.report import Run, edit_table, goals, percentile_95
from benchmarks.manifests import Manifest, examples

MESH = """\
apiVersion: scone/5.8
kind: mesh
cas:
  - name: cas
    cas_url: "cas.example"
    mode: Upload
policy:
  namespace: shop
env:
  - service: global
    env:
      - name: port
        value: 443
services:
  - name: shop
    image: images.example/shop:1
helm_extra_values:
  shop:
    anything: goes
"""


def mesh() -> ground.Ground:
    prepared = ground.prepare(Manifest("mesh.yaml", MESH))
    assert prepared
    return prepared


class Scripted:
    """A judge that reports one mistake at fixed places, for counting."""

    def __init__(self, *reports: Report, mended: tuple[str, ...] = ()) -> None:
        self._reports = reports
        self._mended = mended

    def reports(self, text: str) -> tuple[Report, ...]:
        return () if text == MESH else self._reports

    def mended(self, text: str, report: Report) -> tuple[str, ...]:
        del text, report
        return self._mended

    def offers(self, text: str, offset: int) -> tuple[Offer, ...]:
        return tuple(
            Offer(word, word, order, f"{text[:offset]}{word}{text[offset:]}")
            for order, word in enumerate_from_last(["kind", "policy", "cas"])
        )

    def explains(self, text: str, offset: int) -> bool:
        return text[offset - 1 : offset + 3] != "kind"


def enumerate_from_last(words: list[str]) -> list[tuple[str, str]]:
    return [(str(len(words) - number), word) for number, word in enumerate(words)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lines", [40, 50, 51, 500, 1_234])
def test_generated_manifests_are_valid_and_as_long_as_asked(kind: str, lines: int) -> None:
    text = manifest(kind, lines)

    assert lines == text.count("\n")
    assert not oracle.faults(text, kind)


def test_a_manifest_of_too_few_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        manifest("mesh", 12)


def test_the_generator_knows_two_kinds_only() -> None:
    with pytest.raises(ValueError, match="unknown kind 'session'"):
        manifest("session", 50)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_json_schemas(kind: str) -> None:
    Draft202012Validator.check_schema(
        oracle._validator(kind).schema  # pyright: ignore[reportArgumentType] -- a mapping here
    )


def test_the_oracle_names_each_sort_of_fault() -> None:
    text = MESH.replace("namespace: shop", "nameespace: shop\n  tolerate: a\n  tolerate: b")

    assert {
        oracle.Fault("unknown key", ("policy",), "nameespace"): 1,
        oracle.Fault("required", ("policy",), "namespace"): 1,
        oracle.Fault("duplicate key", ("policy",), "tolerate"): 1,
    } == dict(oracle.faults(text, "mesh"))


def test_the_oracle_tells_text_that_is_not_yaml() -> None:
    assert {oracle.Fault("yaml"): 1} == dict(oracle.faults("a: [1\nb: 2\n", "mesh"))


def test_an_empty_value_lies_behind_its_colon() -> None:
    (root,) = oracle.documents("env:\n# comment\nkind: mesh\n")

    assert (4, 4) == (root.children[0].node.start, root.children[0].node.end)


def test_free_parts_are_left_out() -> None:
    paths = {entry.path for entry in mesh().entries}

    assert ("env", 0, "env", 0, "name") in paths
    assert ("helm_extra_values", "shop") not in paths


def test_other_kinds_and_broken_texts_are_no_ground() -> None:
    assert ground.prepare(Manifest("a", "kind: Deployment\n")) is None
    assert ground.prepare(Manifest("b", "kind: [mesh\n")) is None


@pytest.mark.parametrize("sort", list(Sort))
def test_a_planted_mistake_is_wrong_and_its_places_lie_in_the_text(sort: Sort) -> None:
    planted = mistakes.mistakes(sort, [mesh()], 8, seed=7)

    assert planted
    for mistake in planted:
        assert oracle.faults(mistake.text, "mesh")
        assert all(0 <= start <= end <= len(mistake.text) for start, end in mistake.places)


@pytest.mark.parametrize("sort", list(Sort))
def test_the_same_seed_plants_the_same_mistakes(sort: Sort) -> None:
    first, second = (mistakes.mistakes(sort, [mesh()], 8, seed=3) for _ in range(2))

    assert [mistake.text for mistake in first] == [mistake.text for mistake in second]


def test_a_tab_is_planted_where_a_blank_was() -> None:
    for mistake in mistakes.mistakes(Sort.TAB, [mesh()], 20, seed=1):
        ((start, end),) = mistake.places

        assert mistake.text[start:end] == "\t"


def misspelt() -> Mistake:
    text = MESH.replace("policy:", "ploicy:")
    start = text.index("ploicy")
    return Mistake(Sort.MISSPELT_KEY, mesh(), text, ((start, start + 6),))


def outcome(*reports: Report, mended: tuple[str, ...] = ()) -> measure.Outcome:
    (one,) = measure.outcomes(Scripted(*reports, mended=mended), [misspelt()])
    return one


def report(start: int, end: int, severity: Severity = Severity.ERROR) -> Report:
    return Report(severity, "unknown-key", f"at {start}", start, end)


def test_a_report_at_the_place_counts_and_the_others_are_further() -> None:
    start = misspelt().places[0][0]
    one = outcome(report(0, 4), report(start, start + 6), report(8, 9, Severity.HINT))

    assert (True, True, 2) == (one.found, one.at_place, one.further)
    assert start == one.reports[0].start


def test_a_report_elsewhere_is_found_but_not_at_its_place() -> None:
    one = outcome(report(0, 4))

    assert (True, False, 0) == (one.found, one.at_place, one.further)


def test_a_hint_alone_finds_nothing() -> None:
    start = misspelt().places[0][0]
    one = outcome(report(start, start + 5, Severity.HINT))

    assert (False, 1) == (one.found, one.further)


def test_a_fix_restores_a_key_only_letter_by_letter() -> None:
    start = misspelt().places[0][0]
    found = report(start, start + 6)

    assert outcome(found, mended=(MESH,)).restored
    assert outcome(found, mended=(MESH.replace("443", " 443"),)).restored is False
    assert outcome(found).restored is False


def test_shares_are_taken_over_what_can_be_known() -> None:
    start = misspelt().places[0][0]
    found = report(start, start + 6)
    total = measure.score([outcome(found, mended=(MESH,)), outcome()])

    assert (2, 0.5, 0.5, 0, 0.5) == (
        total.count,
        total.found,
        total.at_place,
        total.further,
        total.restored,
    )


def test_completion_is_asked_where_the_word_was() -> None:
    prepared = mesh()
    policy = next(entry for entry in prepared.entries if entry.path == ("policy",))
    asked = {answer.gap: answer for answer in completion.answers(Scripted(), [(prepared, policy)], 0, seed=1)}

    rest = asked[completion.Gap.REST_IN_PLACE]
    assert (True, True) == (rest.offered, rest.among_first)
    assert rest.text[rest.offset :].startswith(":\n  namespace")
    gone = asked[completion.Gap.PAIR_GONE]
    assert gone.text[gone.offset :].startswith("\nenv:")
    letters = asked[completion.Gap.TWO_LETTERS_AT_END]
    assert letters.text.endswith("\npo")
    assert ("policy",) == letters.labels


def test_a_key_without_hover_is_named() -> None:
    prepared = mesh()
    chosen = [(prepared, entry) for entry in prepared.entries if entry.path in {("kind",), ("env",)}]

    assert [("mesh.yaml", "kind")] == list(completion.unexplained(Scripted(), chosen))


def test_offers_are_shown_in_the_servers_order_and_by_what_is_typed() -> None:
    offers = Scripted().offers("", 0)

    assert ["cas", "policy", "kind"] == [offer.label for offer in shown(offers, "")]
    assert ["kind"] == [offer.label for offer in shown(offers, "Ki")]


@pytest.mark.parametrize(
    ("snippet", "text"),
    [
        ("kind: $0", "kind: "),
        ("kind: ${1:mesh}\n  - ${2}", "kind: mesh\n  - "),
        ("mode: ${1|Upload,NoUpload|}", "mode: Upload"),
        (r"to: \$IMAGE and \${TAG\}", "to: $IMAGE and ${TAG}"),
        (r"${1:\$HOME}", "$HOME"),
    ],
)
def test_a_snippet_is_read_as_it_stands_after_accepting(snippet: str, text: str) -> None:
    assert text == without_snippet_marks(snippet)


def test_every_example_of_a_known_kind_is_ground() -> None:
    kinds = [prepared.kind for one in examples() if (prepared := ground.prepare(one))]

    assert set(KINDS) == set(kinds)


def test_ratios_are_taken_between_medians() -> None:
    timings = {
        "scone-ls": Timings({"keystroke": [1.0, 2.0, 9.0]}),
        "yaml-ls-0ms": Timings({"keystroke": [10.0, 20.0, 30.0]}),
    }
    run = Run("mesh", 500, timings)

    assert [("keystroke, mesh, 500 lines", 10.0, True)] == [
        (goal.name, goal.reached, goal.met) for goal in goals(None, [run])
    ]
    assert any("| keystroke | mesh | 500 |" in line and "10.0x" in line for line in edit_table([run]))


def test_the_95th_percentile_is_one_of_the_figures() -> None:
    assert percentile_95([5.0]) == 5
    assert percentile_95([float(number) for number in range(100)]) == 95


@pytest.mark.parametrize(("text", "value"), [("01", 1), ("0x1F", 31), ("-7", -7), ("0o17", 15)])
def test_the_oracle_reads_numbers_as_yaml_1_2_does(text: str, value: int) -> None:
    assert [{"size": value}] == oracle.data(f"size: {text}\n")
