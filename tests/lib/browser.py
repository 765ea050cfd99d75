#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""browser.py [--marks PAGE.html... ] [--no-marks PAGE.html...]: measures pages in a browser, wide and narrow.

No two texts of the picture overlap and none leaves it, no two marks overlap, each mark shows its explanation when
it has the focus, and the page is not wider than its window. A page after --no-marks (a sweep's chart) has no marks.

One Chromium measures all pages, each in a tab of its own: starting it takes longer than measuring. It is driven
over a pipe with the DevTools protocol: JSON messages that end in a NUL, commands on its descriptor 3, answers and
events on 4. The pages are opened as they are: the probe is evaluated in them, so their policy need not allow it.
"""
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import tempfile

WIDTHS = (1400, 500)
HEIGHT = 1000
FLAGS = ('--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking '
         '--disable-component-update --disable-sync --remote-debugging-pipe').split()
PROBE = '''document.fonts.ready.then(() => {
const svg = document.querySelector('svg'), box = svg.viewBox.baseVal, found = [];
const lies_on = (a, b, by) => a.x + by < b.x + b.width && b.x + by < a.x + a.width &&
    a.y + by < b.y + b.height && b.y + by < a.y + a.height;
const texts = [...svg.querySelectorAll('text')].map(text => [text.getBBox(),
    [...text.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('')]);
texts.forEach(([a, words], i) => {
    if (a.x < 0 || a.y < 0 || a.x + a.width > box.width || a.y + a.height > box.height)
        found.push(`'${words}' leaves the picture`);
    texts.slice(i + 1).forEach(([b, others]) => {
        if (lies_on(a, b, 2.5)) found.push(`'${words}' lies on '${others}'`);
    });
});
const spots = [...document.querySelectorAll('.spot')].map(spot => [spot.getBoundingClientRect(), spot]);
spots.forEach(([a, spot], i) => spots.slice(i + 1).forEach(([b, other]) => {
    if (lies_on(a, b, 2)) found.push(`mark ${spot.id} lies on ${other.id}`);
}));
const width = document.documentElement.scrollWidth;
if (width > innerWidth) found.push(`the page is ${width} wide, its window ${innerWidth}`);
const top = svg.getBoundingClientRect().top;
if (innerWidth > 1000 && top > 400) found.push(`the picture begins ${top} down: a first screen is 900`);
spots.forEach(([a, spot]) => {
    spot.focus();
    if (document.activeElement !== spot) found.push(`${spot.id} cannot have the focus`);
    const tip = spot.querySelector('.tip').getBoundingClientRect();
    if (!tip.width || !tip.height) found.push(`${spot.id} shows nothing`);
});
return {texts: texts.length, marks: spots.length, width: innerWidth, focus: document.hasFocus(), found};
})'''


class Browser:
    def __init__(self, profile):
        theirs, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        # The child's ends are out of the way of the numbers that they get.
        theirs, answers = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in (theirs, answers))

        def number():
            os.dup2(theirs, 3)
            os.dup2(answers, 4)

        self.stderr = open(os.path.join(profile, 'stderr'), 'w+b')
        self.process = subprocess.Popen(['chromium', *FLAGS, f'--user-data-dir={profile}'], preexec_fn=number,
                                        pass_fds=(3, 4), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=self.stderr)
        os.close(theirs)
        os.close(answers)
        self.buffer, self.last_id, self.events = b'', 0, []

    def message(self):
        while b'\0' not in self.buffer:
            some = os.read(self.answers, 1 << 20)
            if not some:
                self.stderr.seek(0)
                sys.exit('chromium has ended:\n' + self.stderr.read().decode(errors='replace')[-2000:])
            self.buffer += some
        text, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(text)

    def call(self, method, session=None, **params):
        self.last_id += 1
        command = {'id': self.last_id, 'method': method, 'params': params}
        if session:
            command['sessionId'] = session
        os.write(self.commands, json.dumps(command).encode() + b'\0')
        while True:
            message = self.message()
            if message.get('id') == self.last_id:
                if 'error' in message:
                    sys.exit(f'{method}: {message["error"]["message"]}')
                return message['result']
            self.events.append((message.get('sessionId'), message.get('method')))

    def wait_for(self, session, event):
        while (session, event) not in self.events:
            message = self.message()
            self.events.append((message.get('sessionId'), message.get('method')))

    def measure(self, path, width):
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        self.call('Emulation.setDeviceMetricsOverride', session, width=width, height=HEIGHT, deviceScaleFactor=1,
                  mobile=False)
        self.call('Emulation.setFocusEmulationEnabled', session, enabled=True)
        self.call('Page.enable', session)
        self.events.clear()
        self.call('Page.navigate', session, url=pathlib.Path(path).resolve().as_uri())
        self.wait_for(session, 'Page.loadEventFired')
        done = self.call('Runtime.evaluate', session, expression=PROBE, awaitPromise=True, returnByValue=True)
        self.call('Target.closeTarget', targetId=target)
        if 'exceptionDetails' in done:
            return {'texts': 0, 'marks': 0, 'width': width, 'focus': True,
                    'found': [done['exceptionDetails']['exception']['description']]}
        return done['result']['value']

    def close(self):
        self.call('Browser.close')
        self.process.wait()


def main():
    has_marks, failed, count = True, False, 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        for argument in sys.argv[1:]:
            if argument in ('--marks', '--no-marks'):
                has_marks = argument == '--marks'
                continue
            for width in WIDTHS:
                measured = browser.measure(argument, width)
                wrong = measured['found']
                if measured['width'] != width or not measured['focus']:
                    wrong.append(f'the window is {measured["width"]} wide, focus: {measured["focus"]}')
                if not measured['texts'] or has_marks and not measured['marks']:
                    wrong.append('nothing was there to be measured')
                for line in wrong[:20]:
                    print(f'{os.path.basename(argument)}, {width} wide: {line}')
                failed = failed or bool(wrong)
                count += 1
        browser.close()
    print(f'{count} pages measured')
    sys.exit(failed or not count)


main()
