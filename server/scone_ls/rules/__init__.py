"""All rules, in the order in which the documentation lists them."""

from scone_ls.rules import (
    deprecated_form,
    duplicate_key,
    malformed_value,
    missing_colon,
    missing_key,
    syntax_error,
    tab_indentation,
    unclosed_bracket,
    unclosed_quote,
    unknown_key,
    unknown_kind,
    unknown_value,
    unquoted_template,
    unsupported_version,
    unused_ignore,
    wrong_indentation,
    wrong_type,
)
from scone_ls.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    syntax_error.RULE,
    tab_indentation.RULE,
    wrong_indentation.RULE,
    missing_colon.RULE,
    unclosed_quote.RULE,
    unclosed_bracket.RULE,
    unquoted_template.RULE,
    duplicate_key.RULE,
    unknown_kind.RULE,
    unsupported_version.RULE,
    unknown_key.RULE,
    missing_key.RULE,
    wrong_type.RULE,
    unknown_value.RULE,
    malformed_value.RULE,
    deprecated_form.RULE,
    unused_ignore.RULE,
)
