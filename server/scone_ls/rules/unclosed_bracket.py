"""unclosed-bracket."""

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.UNCLOSED_FLOW, since="0.1.0")
