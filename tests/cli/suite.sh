#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# scenarios/suite: a suite of scenarios from CTest, make and a GitHub workflow. Each passes, and fails with a scenario.
. tests/lib/cli.sh
suite="$TMPDIR/a suite"
cp -R scenarios/suite "$suite"
mkdir "$TMPDIR/bin"
ln -s "$(realpath "$LWSIM")" "$TMPDIR/bin/lwsim"
export PATH="$TMPDIR/bin:$PATH"

runs() # EXPECTED WHAT COMMAND...: EXPECTED is pass or fail
{
	local result=pass
	(cd "$suite" && "${@:3}") >"$out" 2>"$err" || result=fail
	[[ $result == "$1" ]] || { fail "$2: $result, expected $1"; show "$out"; show "$err"; }
}
cat >"$TMPDIR/steps.py" <<'P'
import sys, yaml
workflow = yaml.safe_load(open(sys.argv[1]))
assert workflow[True] == ['push', 'pull_request'], workflow # YAML 1.1's word for on
(job,) = workflow['jobs'].values()
assert job['runs-on'].startswith('ubuntu-'), job
assert all(len({'uses', 'run'} & step.keys()) == 1 for step in job['steps']), job
print('\n'.join(step['run'] for step in job['steps'] if 'run' in step and 'apt-get' not in step['run']))
P
python3 "$TMPDIR/steps.py" scenarios/suite/workflow.yml >"$TMPDIR/steps.sh" || fail 'workflow.yml is no workflow'
file_has "$TMPDIR/steps.sh" 'lwsim test'

each() # EXPECTED: all three
{
	rm -rf "$TMPDIR/ctest"
	runs pass 'cmake' cmake -S . -B "$TMPDIR/ctest"
	runs "$1" 'ctest' ctest --test-dir "$TMPDIR/ctest" --no-tests=error
	file_has "$out" cable.lw
	runs "$1" 'make' make -s check
	runs "$1" 'workflow' sh -e "$TMPDIR/steps.sh"
}
each pass
printf 'kernel 6.1\n1 ip link add d0 type dummy\nexpect d0 running within 1ms\n' >"$suite/no_carrier.lw"
each fail
for file in scenarios/suite/CMakeLists.txt scenarios/suite/Makefile scenarios/suite/workflow.yml; do
	[[ $(wc -l <"$file") -le 12 ]] || fail "$file is long"
done
finish
