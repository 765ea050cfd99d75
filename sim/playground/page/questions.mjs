// SPDX-License-Identifier: GPL-2.0-or-later
// The three questions of the start page, each with the scenario that answers it.
export const QUESTIONS = [
	{ id: 'start', file: 'cables.lw', question: 'Why is the DOWN of eth1 a second late?', about: `
Two cables are pulled, 5 ms apart. The first DOWN is sent at once, the second a second later, and until then
userspace still sees \`eth1\` RUNNING. Nothing is broken: linkwatch, the part of the kernel that sends these
messages, handles non-urgent events at most once a second, and all devices share that limit.

Change a time below: with \`+1s\` in line 10, both are sent at once. The expectation in line 12 then fails: it
says that userspace still sees UP.` },
	{ id: 'start/microvm', file: 'microvm.lw', question: 'Why does a DHCP client wait 0.6 s?', about: `
A DHCP client sends nothing before its device is RUNNING. On this microVM the driver starts and turns the
carrier off and on: two events. linkwatch handles the first at once and stores DOWN. It handles non-urgent
events at most once a second, and an event of a device that is not up is not urgent: so the second has to wait.
Then \`eth0\` is set up. It has carrier, but the stored state is still DOWN, and the client waits 614 ms, until
linkwatch's timer fires.

A patch with two changes was posted. The first alone does not help; both together end the wait. Drag \`open\` to
set \`eth0\` up later. What the patch would cost is [the next question](#start/cost).` },
	{ id: 'start/cost', file: 'storm.lw', question: 'What would the posted patch cost?', about: `
A script runs \`ip link set d0 up\` again and again on a device without carrier. Nothing changes, so Linux 6.1
sends nothing for these commands. With both changes of the patch, every command becomes an urgent event, and every
urgent event a message: all programs that listen are woken 40 times in 0.8 s. This is what the limit is there to
prevent, and why the patch was not merged.

Drag \`times\`, and see the messages grow. The figures count what setting up \`d0\` sends too: 2 messages on 6.1, 3
with both changes.

There is a second cost: the extra events use up the shared second, so that other devices wait longer. What landed instead
is a change of virtio_net alone (be5dcaed694e, in 6.16 and the stable series 6.12), for which nobody else pays:
[lesson 12](#learn/12) shows both.` },
];
