#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Commands that fail: `= ERRNO`, `= "text"`, --force, and a batch.
. tests/lib/cli.sh

# in ip's words, by errno and by text; an expected error is not a failure
lwsim run "$(scenario expected.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  ip link add d0 type dummy = EEXIST
  ip link add d0 type dummy = "RTNETLINK answers: File exists"
  sysfs d0 carrier = EINVAL
  sysfs d0 carrier = "cat: /sys/class/net/d0/carrier: Invalid argument"
  getlink d0
  ip link del d0
  ip link set d0 up = ENODEV
  ip link set d0 up = "Cannot find device \"d0\""
  setlink d0 up = "RTNETLINK answers: No such device"
  getlink d0 = ENODEV
  sysfs d0 flags = ENOENT
  ifconfig d0 up = "d0: ERROR while getting interface flags: No such device"
  dev_open d0 = "dev_open: No such device"
  carrier_on d0 = ENODEV
S
)"
code_is 0
err_is_empty
[[ $(grep -cE '  error in line [0-9]+( \([a-z ]+\))?: ' "$out") -eq 12 ]] || fail 'not all errors are in the timeline'

# kernels differ in which commands fail
cat >"$TMPDIR/event.lw" <<'S'
compare 5.8 6.1
0 virtnet_probe eth0 status=on
  carrier_event eth0
S
lwsim run --kernel 6.1 "$TMPDIR/event.lw"
code_is 0
lwsim run --kernel 5.8 "$TMPDIR/event.lw"
code_is 1
err_has 'event.lw:3:3: error: carrier_event: '

# another error than expected; no error
file=$(scenario other.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  ip link add d0 type dummy = ENODEV
  ip link set d0 up
S
)
lwsim run "$file"
code_is 1
err_has 'other.lw:3:31: error: RTNETLINK answers: File exists, expected another error'
out_lacks '+UP'
lwsim run --force "$file"
code_is 1
out_has '+UP'
file=$(scenario none.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy = EEXIST
  ip link set d0 up
S
)
lwsim run "$file"
code_is 1
err_has 'none.lw:2:31: fail: the command succeeded, expected an error'
out_has '+UP' # nothing failed, so the run continues

# a batch ends with its first error; with --force it does not
file=$(scenario batch.lw <<'S'
kernel 6.1
0 batch {
    ip link add d0 type dummy
    ip link add d0 type dummy
    ip link set d0 up
  }
S
)
lwsim run "$file"
code_is 1
err_has 'batch.lw:4:5: error:'
out_lacks '+UP'
lwsim run --force "$file"
code_is 1
err_has 'batch.lw:4:5: error:'
out_has '+UP'

# --force turns no result into a failure, nor into a success
lwsim run "$microvm"
cp "$out" "$TMPDIR/plain"
lwsim run --force "$microvm"
code_is 0
same '--force where nothing fails' "$TMPDIR/plain" "$out"

# compare shows failures in the timeline, once, and not on stderr
file=$(scenario compare.lw <<'S'
compare 5.8 6.1
0 ip link add d0 type dummy
  ip link add d0 type dummy
S
)
lwsim compare "$file"
code_is 0
out_has 'RTNETLINK answers: File exists'
err_is_empty

finish
