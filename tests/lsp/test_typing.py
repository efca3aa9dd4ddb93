"""Somebody writes: every character of whole manifests is typed, with questions asked all the while.

There is no error answer, nothing in the log, and at the end the diagnostics are those of the text that is there.
"""

import random
from typing import Any

import pytest

from tests.lsp.client import URI, Client, example, insertion, replacement

DOCUMENT = {"textDocument": {"uri": URI}}


def place(text: str) -> tuple[int, int]:
    """Return the place behind a text, in UTF-16 units."""
    line = text[text.rfind("\n") + 1 :]
    return text.count("\n"), len(line.encode("utf-16-le")) // 2


def fresh(text: str) -> list[dict[str, Any]]:
    with Client() as client:
        client.start()
        client.open(text)
        return client.diagnostics(1)


@pytest.mark.parametrize("name", ["python/service.yaml", "python/mesh.yaml", "faulty/manifest.yaml"])
def test_a_manifest_is_typed(name: str):
    text = example(name)
    with Client() as client:
        client.start()
        client.open("")
        asked: list[int] = []
        for count, character in enumerate(text):
            line, column = place(text[:count])
            client.change(count + 2, insertion(line, column, character))
            line, column = place(text[: count + 1])
            params = {**DOCUMENT, "position": {"line": line, "character": column}}
            asked.append(client.begin("textDocument/completion", params))
            asked.append(client.begin("textDocument/hover", params))
            if count % 50 == 0:
                range_ = {"start": params["position"], "end": params["position"]}
                asked.append(client.begin("textDocument/documentSymbol", DOCUMENT))
                asked.append(
                    client.begin(
                        "textDocument/codeAction", {**DOCUMENT, "range": range_, "context": {"diagnostics": []}}
                    )
                )
        for number in asked:
            client.answer(number)

        assert client.diagnostics(len(text) + 1) == fresh(text)
        assert client.errors == []


def test_a_text_is_torn_apart_and_put_together_again():
    """Random edits of all sizes with questions between them; in the end the whole text is put back."""
    source = random.Random(7)
    text = current = example("python/service.yaml")
    noise = [
        "\n",
        "\t",
        " ",
        "- ",
        ": ",
        "'",
        '"',
        "{",
        "[",
        "&a ",
        "*a",
        "|\n",
        "---\n",
        "#",
        "\u2028",
        "😀",
        "\r",
        "\ufeff",
        "\0",
    ]
    with Client() as client:
        client.start()
        client.open(text)
        for version in range(2, 152):
            start = source.randrange(len(current) + 1)
            end = min(len(current), start + source.choice([0, 0, 0, 1, 2, 30]))
            new = source.choice([*noise, text[start : start + source.randrange(40)]])
            # Lone `\r` and `\r\n` would need the client to count lines as the server does; whole texts need not.
            current = (current[:start] + new + current[end:]).replace("\r", "")
            client.change(version, {"text": current})
            line, column = place(current[:start])
            params = {**DOCUMENT, "position": {"line": line, "character": column}}
            client.request(f"textDocument/{source.choice(['completion', 'hover'])}", params)
        client.change(200, {"text": current}, replacement((0, 0), (2**31 - 1, 0), text))

        assert client.diagnostics(200) == fresh(text)
        assert client.errors == []


def test_hostile_messages_leave_the_server_as_it_was():
    """Every method with parameters of every wrong shape: each request is answered, and the next good one is too."""
    methods = ["hover", "completion", "documentSymbol", "codeAction", "diagnostic", "didOpen", "didChange", "didClose"]
    values: list[Any] = [
        None,
        True,
        -1,
        2**70,
        1.5,
        "",
        "\ud83d",
        [],
        [[]],
        {},
        {"uri": None},
        {"jsonrpc": "2.0", "id": 1},
    ]
    source = random.Random(7)
    with Client() as client:
        client.start()
        client.open(example("python/service.yaml"))
        before = client.diagnostics(1)
        asked: list[int] = []
        for _ in range(400):
            keys = ["textDocument", "position", "range", "context", "contentChanges", "previousResultId", "x"]
            params = {key: source.choice(values) for key in keys if source.random() < 0.7}
            if source.random() < 0.5:
                params["textDocument"] = {"uri": URI, "version": source.choice(values), "text": source.choice(values)}
            method = f"textDocument/{source.choice(methods)}"
            if method.startswith("textDocument/did"):
                client.notify(method, params)
            else:
                asked.append(client.begin(method, params))
        answers = [client.wait_for(lambda message, number=number: message.get("id") == number) for number in asked]
        assert {answer["error"]["code"] for answer in answers if "error" in answer} == {-32602}
        client.open(example("python/service.yaml"), version=999)

        assert client.diagnostics(999) == before
        assert client.ask("hover", 1, 3)
        assert not any("failed" in line for line in client.errors)
