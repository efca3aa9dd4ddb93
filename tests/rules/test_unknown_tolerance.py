import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

POLICY = "apiVersion: scone/5.8\nkind: mesh\ncas:\n  - cas_url: a\npolicy:\n  namespace: a\n%s\nenv:\nservices:\n  - image: a\n"


@pytest.mark.parametrize(
    "lines",
    [
        "  tolerate: outdated-tcb,hyperthreading,  insecure-igpu",
        "  tolerate: 'outdated-tcb'",
        "  tolerate: ''",
        "  tolerate:",
        "  tolerate: '{{risks}}, outdated-tcb'",
        "  tolerate: >-\n    outdated-tcb,\n    hyperthreading",
        '  tolerate: "outdated\\u002dtcb"',
        "  tolerate: outdated-tcb\n  ignore_advisories: INTEL-SA-00615,INTEL-SA-00586",
    ],
)
def test_silence(lines: str):
    check_diagnostics(POLICY % lines)


def test_a_template_is_not_judged():
    check_diagnostics("#- /mesh.yaml.template\n" + POLICY % "  tolerate: $RISKS, outdated-tcb")


def test_each_word_at_its_place():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
        policy:
          namespace: a
          tolerate: "outdated_tcb, insecure-configuration,coffee"
        #            ^^^^^^^^^^^^ unknown-tolerance: unknown risk `outdated_tcb` under `tolerate`; did you mean `outdated-tcb`?
        #                                                 ^^^^^^ unknown-tolerance: unknown risk `coffee` under `tolerate`
        env:
        services:
          - image: a
    """)


def test_words_in_a_block():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
        policy:
          namespace: a
          tolerate: > # for now
            outdated-tcb,
            hyperthreadin
        #   ^^^^^^^^^^^^^ unknown-tolerance: unknown risk `hyperthreadin` under `tolerate`; did you mean `hyperthreading`?
        env:
        services:
          - image: a
    """)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("SA-615", "INTEL-SA-00615"), ("intel-sa-00615", "INTEL-SA-00615"), ("00586", "INTEL-SA-00586")],
)
def test_the_number_of_an_advisory(written: str, meant: str):
    lines = "  tolerate: outdated-tcb\n  ignore_advisories: 'INTEL-SA-00767, %s'"

    check_fix(POLICY % (lines % f"<|>{written}"), POLICY % (lines % meant))


def test_an_advisory_that_is_none():
    lines = "  tolerate: outdated-tcb\n  ignore_advisories: <|>all"
    check_no_fix(POLICY % lines)


@pytest.mark.parametrize("between", [" ", "; ", ";"])
def test_no_comma(between: str):
    text = f"outdated-tcb{between}hyperthreading"
    label = "unknown-tolerance: no `,` between `outdated-tcb` and `hyperthreading`"

    check_diagnostics(POLICY % f"  tolerate: {text}\n#           {'^' * len(text)} {label}")
    check_fix(POLICY % f"  tolerate: {text}", POLICY % "  tolerate: outdated-tcb, hyperthreading")
