import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_severity

SERVICE = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: a
  kind: python
  to: b
  command: c
environment:
  local:
    - name: A
      value: %s
"""


@pytest.mark.parametrize(
    "value", ['"b"', "'b'", 'say "b"', "it's", '5 b"c', 'b  # 5"', '|\n        b"', 'a "b\n        c"', "don't # \""]
)
def test_silence(value: str):
    check_diagnostics(SERVICE % value)


@pytest.mark.parametrize("quote", ["'"])
def test_a_quote_that_is_never_opened(quote: str):
    text = (
        SERVICE % f"some text{quote} # why\n#            ^^^^^^^^^^ unclosed-quote: the quote `{quote}` is never opened"
    )

    check_diagnostics(text)
    check_severity(SERVICE % f"some text{quote}", "information")
    check_fix(text, SERVICE % f"{quote}some text{quote} # why")


def test_where_another_rule_looks_at_the_text():
    check_diagnostics(
        SERVICE.replace(
            "name: a",
            'name: a"\n#       ^^ unsuitable-name: `a"` is no name for Kubernetes, which takes small letters, digits and hyphens; did you mean `a`?',
        )
        % "b"
    )
    check_diagnostics(
        SERVICE.replace("name: A", "name: SCONE_HEAP")
        % '1G"\n#            ^^^ malformed-variable: `1G"` for `SCONE_HEAP` is not a number of bytes, or a number with `K`, `M` or `G`'
    )
