"""Names of the variables that the SCONE runtime and Helm charts read, and the values that each can have."""

from collections.abc import Iterator, Sequence
from functools import cache

from scone_ls.features import descriptions
from scone_ls.spec import facts
from scone_ls.syntax.neighbours import Sibling


@cache
def names_of(table: str) -> tuple[tuple[str, str, str], ...]:
    """Return name, documentation and detail of each variable in a table, the most used first."""
    if table == "variables":
        known = facts.variables()
        return tuple(
            (variable.name, descriptions.of_variable(variable), known.grammars[variable.grammar].message)
            for variable in sorted(known.variables, key=lambda variable: -variable.usage)
        )
    return tuple(
        (chart.name, descriptions.of_fact(chart.name, "Chart variable", chart.description), "chart variable")
        for chart in sorted(facts.chart_variables(), key=lambda variable: -variable.usage)
    )


def values_of(table: str, siblings: Sequence[Sibling]) -> Iterator[tuple[str, str, str]]:
    """Yield value, documentation and detail for the variable that the keys beside the value name."""
    beside = {sibling.value for sibling in siblings}
    if table == "variable-values":
        for variable in facts.variables().variables:
            if variable.name in beside:
                yield from _values(variable)
        return
    for chart in facts.chart_variables():
        if chart.name in beside:
            yield from ((value, meaning, "") for value, meaning in chart.values.items())
            yield from ((value, "", "example") for value in chart.examples if value not in chart.values)


def _values(variable: facts.Variable) -> Iterator[tuple[str, str, str]]:
    defaults = [default.value for default in variable.defaults]
    for value, meaning in variable.values.items():
        yield value, descriptions.of_fact(value, variable.name, meaning), "default" if value in defaults else ""
    for value in dict.fromkeys((*variable.examples, *defaults)):
        if value not in variable.values:
            yield value, "", "default" if value in defaults else "example"
