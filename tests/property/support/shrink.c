/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Delta debugging, the simple form: an item that was needed once is not tried again at the same size. */
#include "shrink.h"

int shrink(int count, bool (*without)(void *user, int first, int n), void *user)
{
	for (int chunk = count / 2; chunk > 0; chunk /= 2)
		for (int first = 0; first + chunk <= count;) {
			if (without(user, first, chunk))
				count -= chunk;
			else
				first += chunk;
		}
	return count;
}
