"""A guest book that forgets everything when it stops: GET / lists the entries, POST / adds one, DELETE / clears them."""

import argparse
import hmac
import os

from flask import Flask, abort, render_template, request

parser = argparse.ArgumentParser()
parser.add_argument("--greeting", required=True)
arguments = parser.parse_args()

app = Flask(__name__, template_folder="pages")
entries = [arguments.greeting]


@app.get("/")
def entry_list() -> str:
    """Show all entries."""
    return render_template("list.html", title=os.environ["GUESTBOOK_TITLE"], entries=entries)


@app.post("/")
def new_entry() -> tuple[str, int]:
    """Add the body of the request to the entries."""
    entries.append(request.get_data(as_text=True))
    return "", 204


@app.delete("/")
def no_entries() -> tuple[str, int]:
    """Forget all entries, if the caller knows the token."""
    if not hmac.compare_digest(request.headers.get("Authorization", ""), os.environ["GUESTBOOK_ADMIN_TOKEN"]):
        abort(403)
    entries.clear()
    return "", 204


app.run(host="0.0.0.0", port=int(os.environ.get("GUESTBOOK_PORT", "8080")))  # noqa: S104 a container has no other way in
