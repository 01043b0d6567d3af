#!/usr/bin/env python3
"""Serves the folder of a website as built, as its host would, on a free port of loopback.

    preview.py FOLDER --address-file ADDRESS

writes ADDR:PORT to ADDRESS once it listens. Then

    oit-audit check agency.yaml --resolve HOST=http://ADDR:PORT

audits the folder under the addresses that the agency file names. Needs Python 3 and nothing else.
"""

import argparse
import functools
import http.server
import os
import pathlib
import sys


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


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder", type=pathlib.Path)
    words.add_argument("--address-file", type=pathlib.Path, required=True)
    given = words.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder} is not a folder")
    handler = functools.partial(Handler, directory=str(given.folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    given.address_file.write_text("127.0.0.1:%d" % server.server_address[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
