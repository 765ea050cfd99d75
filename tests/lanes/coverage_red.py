#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""coverage_red.py LWSIM KERNEL FOLDER SCENARIO...: `lwsim test --coverage` on a link_watch.c. Says what the scenarios reach
of it together; then of two of them: what only the second reaches is in its row of the table, and turns red in the report
without it."""
import json
import pathlib
import re
import subprocess
import sys


class Coverage:
    """One report: of the given scenarios."""

    def __init__(self, folder, scenarios):
        self.folder = folder
        # a scenario may fail on this kernel: what it reaches counts all the same
        self.text = subprocess.run([LWSIM, "test", "--kernel", KERNEL, "--coverage", folder, *scenarios],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False).stdout.decode()
        summary = re.search(r"^link_watch\.c: .*", self.text, re.M)
        if not summary:
            sys.exit(f"no summary: {self.text[-2000:]}")
        self.summary = summary[0]
        [self.file] = json.loads((folder / "coverage.json").read_text())["files"]
        lines = [line for line in self.file["lines"] if not line.get("gcovr/noncode")]
        self.red = {line["line_number"] for line in lines if line["count"] == 0}
        self.green = {line["line_number"] for line in lines if line["count"] > 0}

    def red_in_page(self):
        """The lines that the HTML page of the file has in red."""
        [page] = self.folder.glob("index.link_watch.c.*.html")
        return {int(number) for number in re.findall(
            r'id="l(\d+)"(?:(?!<tr).)*?class="linecount uncoveredLine"', page.read_text(), re.S)}

    def only_here(self, scenario):
        """What the table says that no other scenario reaches."""
        return int(re.search(rf"^ *\d+ +\d+ +(\d+) +{re.escape(scenario)}$", self.text, re.M)[1])


LWSIM, KERNEL, FOLDER, *SCENARIOS = sys.argv[1:]
FOLDER = pathlib.Path(FOLDER)
FOLDER.mkdir(exist_ok=True)

whole = Coverage(FOLDER / "all", SCENARIOS)
table = re.findall(r"^ *(\d+) +\d+ +\d+ +(\S.*)$", whole.text, re.M)
most = max(table, key=lambda row: int(row[0]))[1]
rare = min(whole.green & Coverage(FOLDER / "most", [most]).red)
# one that reaches what the best one does not
others = [path for path in SCENARIOS if path != most]
while len(others) > 1:
    half = others[:len(others) // 2]
    others = half if rare in Coverage(FOLDER / "half", half).green else others[len(half):]
[other] = others

both, without = Coverage(FOLDER / "both", [most, other]), Coverage(FOLDER / "without", [most])
lost = both.green & without.red
assert rare in lost and both.only_here(other) >= len(lost), (rare, lost, both.text)
assert without.red == both.red | lost and without.green == both.green - lost
assert both.red_in_page() == both.red and without.red_in_page() == without.red
assert whole.red_in_page() == whole.red
print(f"{len(table)} scenarios, {whole.summary}; red: {', '.join(map(str, sorted(whole.red)))}; beside {most}, lines "
      f"{', '.join(map(str, sorted(lost)))} are red without {other}")
