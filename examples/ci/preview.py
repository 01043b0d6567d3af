#!/usr/bin/env python3
"""Serves the folder of a website as built, as its host would: HTTP and HTTPS on one port of loopback.

    preview.py FOLDER --ca CA.pem --address-file ADDRESS HOST...

writes the certificate of a throw-away authority to CA.pem, and ADDR:PORT to ADDRESS once it listens. Then

    oit-audit check agency.yaml --extra-ca CA.pem --resolve HOST=ADDR:PORT

audits the folder under the addresses that the agency file names. Needs Python 3 and openssl.
"""

import argparse
import functools
import http.server
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the folder, and /name for name.html as most hosts of static sites have it."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def translate_path(self, path):
        found = super().translate_path(path)
        page = found.rstrip("/") + ".html"
        return page if not os.path.exists(found) and os.path.isfile(page) else found

    def list_directory(self, path):
        self.send_error(404, "Not Found")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Answers TLS where a client speaks it, and plain HTTP otherwise."""

    daemon_threads = True

    def __init__(self, address, handler, context):
        super().__init__(address, handler)
        self.context = context

    def finish_request(self, request, client_address):
        request.settimeout(10)
        # The first byte of a TLS handshake; no method of HTTP begins with it.
        if request.recv(1, socket.MSG_PEEK) == b"\x16":
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, *_):
        pass


def certificate(hosts, ca, scratch):
    """A key and a certificate for the hosts, by an authority that exists for this run only."""
    def openssl(*words):
        subprocess.run(["openssl", *map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    key, request, chain, ca_key = (scratch / name for name in ("key.pem", "request.pem", "chain.pem", "ca-key.pem"))
    new = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl(*new, "-x509", "-days", 2, "-subj", "/CN=oit-audit preview", "-keyout", ca_key, "-out", ca)
    openssl(*new, "-subj", "/CN=preview", "-keyout", key, "-out", request)
    names = scratch / "names.cnf"
    listed = ",".join(f"DNS:{host}" for host in hosts)
    names.write_text(f"subjectAltName={listed}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-set_serial", 1, "-days", 2,
            "-extfile", names, "-out", chain)
    return chain, key


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder", type=pathlib.Path)
    words.add_argument("hosts", nargs="+", metavar="HOST")
    words.add_argument("--ca", type=pathlib.Path, required=True)
    words.add_argument("--address-file", type=pathlib.Path, required=True)
    given = words.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder} is not a folder")
    wrong = [host for host in given.hosts if not all(c.isascii() and (c.isalnum() or c in ".-") for c in host)]
    if wrong:
        sys.exit(f"{wrong[0]} is not a host name; write names in other letters as xn--…")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as scratch:
        context.load_cert_chain(*certificate(given.hosts, given.ca, pathlib.Path(scratch)))
    handler = functools.partial(Handler, directory=str(given.folder))
    server = Server(("127.0.0.1", 0), handler, context)
    given.address_file.write_text("127.0.0.1:%d" % server.server_address[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
