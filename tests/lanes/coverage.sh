#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Coverage of model/ and sim/ by the functional tests: the report of tests/coverage, and its gates. The thresholds are
# raised, never lowered.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/files.sh
report=build/coverage/report

tests/coverage
for file in index.html cobertura.xml coverage.json; do
	[[ -s $report/$file ]] || { echo "error: tests/coverage has not written $file"; exit 1; }
done

failed=0
gcovr() { command gcovr --config tests/gcovr.cfg --root . "$@"; }
gate() # FOLDER LINES BRANCHES, in percent
{
	echo
	echo "== $1/: lines (at least $2 %), then branches (at least $3 %)"
	gcovr -a $report/coverage.json --filter "$1/" --fail-under-line "$2" || failed=1
	gcovr -a $report/coverage.json --filter "$1/" --branches --fail-under-branch "$3" || failed=1
}
gate model 100 100
gate sim 95 85

# Every exclusion says why, on its line.
sources=$(project_files 'model/*.[ch]' 'sim/*.[ch]')
mapfile -t sources < <(grep -v /kernel-include/ <<<"$sources")
marker='GCOVR_EXCL_[A-Z_]+'
echo
echo "exclusion markers: $(grep -hoE "$marker" "${sources[@]}" | grep -vc _STOP || true)"
if grep -nE "$marker" "${sources[@]}" | grep -v _STOP | grep -vE "${marker}[^A-Za-z]+[A-Za-z]{2}"; then
	echo 'error: a marker without a reason on its line'
	failed=1
fi
exit $failed
