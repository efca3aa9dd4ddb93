import pytest

from tests.dsl.checks import check_diagnostics, check_severity

SERVICE = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n"
    "  local:\n    - name: %s\n      value: %s\n"
)
MESH = (
    "apiVersion: scone/5.8\nkind: mesh\ncas:\n  - cas_url: a\n    tolerance: %s\n"
    "policy: {namespace: a, tolerate: '%s', ignore_advisories: '%s'}\nenv:\nservices:\n  - image: a\n"
)


@pytest.mark.parametrize(
    ("name", "value"), [("SCONE_ALLOW_DLOPEN", 1), ("SCONE_MODE", "hw"), ("MODE", "sim"), ("SCONE_MODE", "'{{mode}}'")]
)
def test_silence(name: str, value: object):
    check_diagnostics(SERVICE.replace("environment:\n", "environment:\n  global: [{name: mode}]\n") % (name, value))


def test_safe_options():
    check_diagnostics(MESH % ("-G", "outdated-tcb", "INTEL-SA-00615"))


def test_variables_deserve_a_warning():
    check_severity(SERVICE % ("SCONE_ALLOW_DLOPEN", '"2"'), "warning")
    check_severity(SERVICE % ("SCONE_MODE", "sim"), "warning")


def test_what_tutorials_do_deserves_a_hint():
    check_severity(MESH % ("--only_for_testing-debug", "outdated-tcb", "INTEL-SA-00615"), "hint")
    check_severity(MESH % ("-G", "outdated-tcb", "*"), "hint")
    check_severity(MESH % ("-G", "debug-mode", "INTEL-SA-00615"), "information")


def test_a_mesh_gives_the_value():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
            tolerance: -G --only_for_testing-ignore-signer
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsafe-setting: `--only_for_testing-ignore-signer` takes protection away: for debugging only, never for production
        policy:
          namespace: a
        env:
          - service: global
            env:
              - name: SCONE_MODE
                value: SIM
        #              ^^^ unsafe-setting: `SIM` for `SCONE_MODE` takes protection away: for debugging only, never for production
        services:
          - image: a
    """)
