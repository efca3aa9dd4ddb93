"""Answers every request over TLS with one line: enough to see which certificate the gateway shows."""

import argparse
import ssl
from http.server import BaseHTTPRequestHandler, HTTPServer

parser = argparse.ArgumentParser()
parser.add_argument("--certificate", required=True)
parser.add_argument("--key", required=True)
arguments = parser.parse_args()


class Gateway(BaseHTTPRequestHandler):
    """Says where parcels are."""

    def do_GET(self) -> None:
        """Answer with the state of all parcels."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"all parcels are on their way\n")


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(arguments.certificate, arguments.key)
server = HTTPServer(("0.0.0.0", 8443), Gateway)  # noqa: S104 a container has no other way in
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
