import pytest

from tests.dsl.checks import check_diagnostics

SERVICE = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  kind: sconify_image\n  from: f\n  to: b\n"
    "  command: c\n%s\nenvironment:\n"
)


@pytest.mark.parametrize("lines", ["  dirs: [/a]", "  fs_dirs: [/a]\n  fs_files: [/b]", "  dirs: [/a]\n  fs_dirs: []"])
def test_silence(lines: str):
    check_diagnostics(SERVICE % lines)


def test_an_imported_volume_is_not_exported():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: a
          kind: sconify_image
          from: f
          to: b
          command: c
          volumes:
            - name: data
              import: {session: s, volume: v}
        #     ^^^^^^ conflicting-keys: `import` does not go together with `export`
              export:
                - session: t
        environment:
    """)
