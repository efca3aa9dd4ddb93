"""Where templates begin and end inside scalars."""

from textwrap import dedent

from scone_ls.syntax.templates import Template, template_at, templates_in
from scone_ls.text import Span
from tests.dsl.fixture import Label, parse_one, render


def check(fixture: str) -> None:
    """Compare the templates in a text, each with its kind, its name and its parts, with the labels."""
    file = parse_one(fixture)
    found = templates_in(file.text, Span(0, len(file.text)))
    labels = [Label(template.span, describe(template)) for template in found]
    assert dedent(fixture).strip("\n ") == render(file.text, labels).strip("\n ")


def describe(template: Template) -> str:
    parts = [template.kind.value, template.name or "?", template.suffix, template.encoding]
    if not template.closed:
        parts.append("open")
    return " ".join(part for part in parts if part)


def test_shell_variables():
    check("""
        to: $REPO/${NAME}_x:1
        #   ^^^^^ shell REPO
        #         ^^^^^^^ shell NAME
    """)


def test_mesh_variables():
    check("""
        a: {{user}}@{{ host }}
        #  ^^^^^^^^ mesh user
        #           ^^^^^^^^^^ mesh host
    """)


def test_mesh_variables_in_three_braces_and_with_dots():
    check("""
        a: {{{cas.cas.cas_url}}}
        #  ^^^^^^^^^^^^^^^^^^^^^ mesh cas.cas.cas_url
    """)


def test_secrets():
    check("""
        a: $$SCONE::db$$ $$SCONE::db.key$$
        #  ^^^^^^^^^^^^^ secret db
        #                ^^^^^^^^^^^^^^^^^ secret db .key
    """)


def test_secrets_with_suffixes_and_an_encoding():
    check("""
        a: $$SCONE::db:privatekey:pem|escape(json)$$
        #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret db :privatekey:pem |escape(json)
    """)


def test_templates_that_are_not_closed():
    check("""
        a: $$SCONE::db ${X {{x
        #  ^^^^^^^^^^^ secret db open
        #              ^^^ shell X open
        #                  ^^^ mesh x open
    """)


def test_dollars_that_are_no_templates():
    check("""
        a: 5$ $5 $$ !#what!$# $(date)
    """)


def test_a_name_at_the_cursor():
    text = "a: $$SCONE::db$$"
    found = template_at(text, Span(3, len(text)), 13)
    assert found is not None
    assert "db" == text[found.name_span.start : found.name_span.end]


def test_no_template_at_the_cursor():
    assert template_at("a: b $C", Span(3, 7), 3) is None
