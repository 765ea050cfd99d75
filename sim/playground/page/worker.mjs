// SPDX-License-Identifier: GPL-2.0-or-later
// Runs the machine away from the page, so that the page can end it.
import { Machine, MachineEnded } from './machine.mjs';

let machine;
let file;

addEventListener('message', async ({ data }) => {
	if (data.module) {
		try {
			machine = await Machine.start(data.module);
			postMessage({ ready: true });
		} catch (error) {
			postMessage({ ready: false, error: error.message });
		}
		return;
	}
	try {
		if (data.file !== file)
			machine.call('page_file', file = data.file);
		// text crosses faster than the objects that it describes
		postMessage({ id: data.id, json: machine.callText(data.name, ...data.args) });
	} catch (error) {
		postMessage({ id: data.id, error: error.message, hasEnded: error instanceof MachineEnded });
	}
});
