#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""summary.py JUNIT.xml BUILD-SECONDS TEST-SECONDS: the end of tests/run: seconds for each lane, and how many tests passed.

Lanes run alone, so the rest of the test time is that of the functional tests and lints, two at a time.
"""
import sys
import xml.etree.ElementTree as ElementTree


def main():
    path, build_s, tests_s = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    counts, lanes, others, others_s = {}, [], 0, 0.0
    for case in ElementTree.parse(path).getroot().iter('testcase'):
        status, name, seconds = case.get('status'), case.get('name'), float(case.get('time'))
        result = {'run': 'passed', 'notrun': 'skipped', 'disabled': 'skipped'}.get(status, 'failed')
        counts[result] = counts.get(result, 0) + 1
        if name.startswith('lane.'):
            lanes.append((name, seconds, '' if result == 'passed' else result))
        else:
            others += 1
            others_s += seconds
    rows = [('build', build_s, '')]
    if others:
        alone_s = max(0.0, tests_s - sum(seconds for _, seconds, _ in lanes))
        rows.append(('functional, lint', alone_s, f'{others} tests, {others_s:.0f} s one after the other'))
    rows += lanes + [('all', build_s + tests_s, '')]
    print('\nlane              seconds')
    for name, seconds, note in rows:
        print(f'{name:18}{seconds:7.0f}  {note}'.rstrip())
    print(', '.join([f'{counts.get("passed", 0)} passed', f'{counts.get("failed", 0)} failed'] +
                    ([f'{counts["skipped"]} skipped'] if 'skipped' in counts else [])))


main()
