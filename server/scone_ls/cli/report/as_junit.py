"""Diagnostics as a JUnit report, which every CI shows: a suite for each text, a failure for each error or warning."""

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from scone_ls.cli.report import Checked, Found
from scone_ls.cli.report.paths import portable
from scone_ls.cli.report.snippet import snippet
from scone_ls.cli.report.terminal import Paint, harmless
from scone_ls.rules.rule import Severity

_WIDTH = 120
_FAILING = (Severity.ERROR, Severity.WARNING)


def report(texts: Iterable[Checked]) -> str:
    """Return the report; it shows lines and columns, both counted from one, the columns in code points."""
    root = ET.Element("testsuites", name="scone-ls")
    root.extend(map(_suite, texts))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _suite(checked: Checked) -> ET.Element:
    suite = ET.Element("testsuite", name=harmless(portable(checked.name)))
    suite.extend(_cases(checked))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("errors", str(len(suite.findall("*/error"))))
    return suite


def _cases(checked: Checked) -> Iterator[ET.Element]:
    name = harmless(portable(checked.name))
    for found in checked.found:
        yield _case(checked, found)
    for defect in checked.defects:
        case = ET.Element("testcase", classname=name, name="scone-ls itself")
        ET.SubElement(case, "error", message=harmless(str(defect)), type=type(defect).__name__)
        yield case
    if not checked.found and not checked.defects:
        yield ET.Element("testcase", classname=name, name="nothing is wrong")


def _case(checked: Checked, found: Found) -> ET.Element:
    diagnostic, name = found.diagnostic, harmless(portable(checked.name))
    line, column = checked.place(diagnostic.span.start)
    case = ET.Element("testcase", classname=name, name=f"{diagnostic.code} at {line}:{column}")
    message = harmless(diagnostic.message)
    shown = [f"{name}:{line}:{column}: {diagnostic.severity.name.lower()}[{diagnostic.code}] {message}"]
    shown += snippet(checked.text, diagnostic.span, Paint.NOTE, _WIDTH, colour=False)
    shown += [f"help: {harmless(found.fix.title)}"] if found.fix is not None else []
    if diagnostic.severity in _FAILING:
        body = ET.SubElement(case, "failure", message=message, type=diagnostic.code)
    else:
        body = ET.SubElement(case, "system-out")
    body.text = "\n".join(shown)
    return case
