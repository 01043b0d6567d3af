"""Runs a program at a terminal of some columns, and says as JSON what a person sees there.

terminal.py COLUMNS SECONDS PROGRAM WORD...   -> {"code", "screens", "last", "unknown", "took"}

`screens` are the different texts of the screen after each write, `last` is the text at the end, `unknown` the control
sequences that are none of moving the cursor, erasing and colour. A key is pressed as `SECONDS:KEY` in place of SECONDS:
Ctrl-C after that long is `1.5:C`.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
import unicodedata


class Screen:
    """A terminal that knows what programs that show progress use."""

    def __init__(self, columns):
        self.columns, self.rows, self.row, self.column = columns, [[]], 0, 0
        self.unknown, self.pending = [], ""

    def feed(self, text):
        text = self.pending + text
        # A sequence may be cut between two reads.
        cut = re.search(r"\x1b(\[[0-9;?]*)?$", text)
        self.pending = text[cut.start():] if cut else ""
        text = text[: cut.start()] if cut else text
        for sequence, character in re.findall(r"(\x1b\[[0-9;?]*[A-Za-z]|\x1b.)|(.)", text, re.S):
            self.move(sequence) if sequence else self.put(character)

    def move(self, sequence):
        match = re.fullmatch(r"\x1b\[(\??[0-9;]*)([A-Za-z])", sequence)
        number = int(match[1]) if match and match[1].isdigit() else None
        kind = match and match[2]
        line = self.rows[self.row]
        if kind == "A":
            self.row = max(0, self.row - (number or 1))
        elif kind == "B":
            self.down(number or 1)
        elif kind == "G":
            self.column = (number or 1) - 1
        elif kind == "K":
            self.rows[self.row] = [] if number == 2 else line[: self.column]
        elif kind == "J":
            self.rows[self.row] = line[: self.column]
            del self.rows[self.row + 1:]
        elif kind not in ("m", "C", "D") and sequence not in ("\x1b[?25l", "\x1b[?25h"):
            self.unknown.append(repr(sequence))

    def down(self, count):
        self.row += count
        while len(self.rows) <= self.row:
            self.rows.append([])

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.down(1)
        elif unicodedata.category(character) == "Cc":
            self.unknown.append(repr(character))
        elif unicodedata.category(character) in ("Mn", "Me", "Cf"):
            line = self.rows[self.row]
            if 0 < self.column <= len(line):
                line[self.column - 1] += character
        else:
            if self.column >= self.columns:
                self.column = 0
                self.down(1)
            line = self.rows[self.row]
            line.extend(" " * (self.column - len(line) + 1))
            line[self.column] = character
            self.column += 1

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.rows).rstrip()


def main(columns, seconds, program):
    seconds, _, key = seconds.partition(":")
    pid, terminal = pty.fork()
    if pid == 0:
        # The program draws for the width that it finds, so that is set before it begins.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        os.execvp(program[0], program)
    screen, screens, began, pressed = Screen(columns), [], time.monotonic(), not key
    decoder = __import__("codecs").getincrementaldecoder("utf-8")("replace")
    while True:
        passed = time.monotonic() - began
        if not pressed and passed > float(seconds):
            os.write(terminal, b"\x03")
            pressed = True
        if passed > (60 if key else float(seconds)):
            os.kill(pid, signal.SIGKILL)
            break
        if not select.select([terminal], [], [], 0.05)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        screen.feed(decoder.decode(data))
        if not screens or screens[-1] != screen.text():
            screens.append(screen.text())
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    took = time.monotonic() - began
    result = {"code": code, "screens": screens, "last": screen.text(), "unknown": screen.unknown, "took": took}
    print(json.dumps(result, ensure_ascii=False))


main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
