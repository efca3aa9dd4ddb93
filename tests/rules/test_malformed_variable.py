import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_severity

SERVICE = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n"
    "  global: [{name: x}]\n  local:\n    - name: %s\n      value: %s\n"
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SCONE_HEAP", "760M"),
        ("SCONE_HEAP", 1073741824),
        ("SCONE_HEAP", "50m"),
        ("SCONE_HEAP", "'{{x}}'"),
        ("SCONE_LOG", "Debug"),
        ("SCONE_LOG", 7),
        ("SCONE_ALLOW_DLOPEN", "'1'"),
        ("SCONE_TCS", 8),
        ("SCONE_CAS_ADDR", "anything at all"),
        ("SCONE_SOMETHING_NEW", "what"),
        ("HEAP", "lots"),
        ("SCONE_HEAP", ">\n        1G"),
    ],
)
def test_silence(name: str, value: object):
    check_diagnostics(SERVICE % (name, value))


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("SCONE_HEAP", "2GB", "2G"),
        ("SCONE_HEAP", "'2 GiB'", "'2G'"),
        ("SCONE_HEAP", "1.5g", "1536M"),
        ("SCONE_STACK", "0.5M", "512K"),
        ("SCONE_LOG", "warn", "WARNING"),
        ("SCONE_LOG", "ERORR", "ERROR"),
        ("SCONE_FORK", "true", "1"),
        ("SCONE_FORK", '"off"', '"0"'),
        ("SCONE_EDMM_MODE", "Auto", "auto"),
    ],
)
def test_what_was_meant(name: str, written: str, meant: str):
    check_fix(SERVICE % (name, written), SERVICE % (name, meant))


def test_what_it_takes():
    check_diagnostics(
        SERVICE % ("SCONE_FORK", "2")
        + "#            ^ malformed-variable: `2` is no value for `SCONE_FORK`; it takes `0`, `1`\n"
    )


def test_what_is_not_documented_well_is_not_sure():
    check_severity(SERVICE % ("SCONE_QUEUES", "many"), "information")
    check_severity(SERVICE % ("SCONE_TCS", "many"), "warning")


def test_a_mesh_gives_the_value_and_a_service_a_default():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
        policy: {namespace: a}
        env:
          - service: global
            env:
              - value: 1T
        #              ^^ malformed-variable: `1T` for `SCONE_HEAP` is not a number of bytes, or a number with `K`, `M` or `G`
                name: SCONE_HEAP
        services:
          - image: a
    """)
    check_severity(
        SERVICE.replace("[{name: x}]", "[{name: SCONE_FORK, value: 'yes'}, {name: x}]") % ("A", "b"), "warning"
    )


def test_more_than_there_can_be():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
          local:
            - {name: SCONE_MIN_HEAP, value: 2G}
        #                                   ^^ malformed-variable: `SCONE_MIN_HEAP` is more than `SCONE_HEAP`, which is `1024M`
            - {name: SCONE_HEAP, value: 1024M}
    """)


def test_not_more_than_there_can_be():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
          local:
            - {name: SCONE_MIN_HEAP, value: 1G}
            - {name: SCONE_HEAP, value: 1024M}
    """)
