"""unclosed-quote."""

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.UNCLOSED_QUOTE, since="0.1.0")
