import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_severity

BODY = "kind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n"


@pytest.mark.parametrize("version", ["scone/5.8", "scone/5.8.0", "scone/5.10", "scone/6.0", "scone/12.1.3", "$VERSION"])
def test_good_versions(version: str):
    check_diagnostics(f"#- /mesh.yaml.template\napiVersion: {version}\n{BODY}")


def test_an_old_one():
    check_severity(f"apiVersion: scone/5.7.2\n{BODY}", "warning")


@pytest.mark.parametrize("version", ["v1", "scoen/5.8", "apps/v1", "5.8x", "5.8", "5"])
def test_another_family(version: str):
    check_severity(f"apiVersion: {version}\n{BODY}", "error")


def test_no_version_at_all():
    check_diagnostics(
        f"apiVersion: scone/new\n#           ^^^^^^^^^ unsupported-version: unknown version `scone/new`; write `scone/5.8`\n{BODY}"
    )


def test_quotes_stay():
    check_fix(f"apiVersion: 'scone/5'\n{BODY}", f"apiVersion: 'scone/5.8'\n{BODY}")
