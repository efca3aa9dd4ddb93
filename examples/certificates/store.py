"""Lets in over TLS whoever shows a courier's certificate, and answers with the label of the store."""

import argparse
import ssl
from socketserver import StreamRequestHandler, TCPServer

parser = argparse.ArgumentParser()
parser.add_argument("--label", required=True)
label = bytes.fromhex(parser.parse_args().label)


class Store(StreamRequestHandler):
    """Greets each courier."""

    def handle(self) -> None:
        """Write the label."""
        self.wfile.write(label + b"\n")


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("/tls/store.crt", "/tls/store.key")
context.load_verify_locations("/tls/couriers.crt")
context.verify_mode = ssl.CERT_REQUIRED
server = TCPServer(("0.0.0.0", 8443), Store)  # noqa: S104 a container has no other way in
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
