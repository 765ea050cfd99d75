/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of states, modes, flags and errors, as in iproute2 and the kernel. */
#include "sim/language/names.h"

#include <errno.h>
#include <linux/if.h>
#include <string.h>
#include <strings.h>

#include "model/netdevice.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

const char *const operstate_names[] = {
	[IF_OPER_UNKNOWN] = "UNKNOWN", [IF_OPER_NOTPRESENT] = "NOTPRESENT",
	[IF_OPER_DOWN] = "DOWN",       [IF_OPER_LOWERLAYERDOWN] = "LOWERLAYERDOWN",
	[IF_OPER_TESTING] = "TESTING", [IF_OPER_DORMANT] = "DORMANT",
	[IF_OPER_UP] = "UP",	       NULL,
};

const char *const linkmode_names[] = {
	[IF_LINK_MODE_DEFAULT] = "default",
	[IF_LINK_MODE_DORMANT] = "dormant",
	[IF_LINK_MODE_TESTING] = "testing",
	NULL,
};

/* Link-state flags first, the rest in the order of `ip`. */
const struct flag_name flag_names[] = {
	{ IFF_UP, "UP" },
	{ IFF_RUNNING, "RUNNING" },
	{ IFF_LOWER_UP, "LOWER_UP" },
	{ IFF_DORMANT, "DORMANT" },
	{ IFF_LOOPBACK, "LOOPBACK" },
	{ IFF_BROADCAST, "BROADCAST" },
	{ IFF_POINTOPOINT, "POINTOPOINT" },
	{ IFF_MULTICAST, "MULTICAST" },
	{ IFF_NOARP, "NOARP" },
	{ IFF_ALLMULTI, "ALLMULTI" },
	{ IFF_PROMISC, "PROMISC" },
	{ IFF_MASTER, "MASTER" },
	{ IFF_SLAVE, "SLAVE" },
	{ IFF_DEBUG, "DEBUG" },
	{ IFF_DYNAMIC, "DYNAMIC" },
	{ IFF_AUTOMEDIA, "AUTOMEDIA" },
	{ IFF_PORTSEL, "PORTSEL" },
	{ IFF_NOTRAILERS, "NOTRAILERS" },
	{ IFF_ECHO, "ECHO" },
	{ 0, NULL },
};

/* names must end with NULL. */
static int name_find(const char *const *names, const char *name, size_t len)
{
	int i;

	for (i = 0; names[i]; i++)
		if (strlen(names[i]) == len && strncasecmp(names[i], name, len) == 0)
			return i;
	return -1;
}

const char *operstate_name(uint8_t operstate)
{
	return operstate < ARRAY_SIZE(operstate_names) - 1 ? operstate_names[operstate] : "?";
}

int operstate_from_name(const char *name, size_t len)
{
	return name_find(operstate_names, name, len);
}

const char *linkmode_name(uint8_t linkmode)
{
	return linkmode < ARRAY_SIZE(linkmode_names) - 1 ? linkmode_names[linkmode] : "?";
}

int linkmode_from_name(const char *name, size_t len)
{
	return name_find(linkmode_names, name, len);
}

const char *qdisc_name(uint8_t qdisc)
{
	static const char *const names[] = {
		[QDISC_NOOP] = "noop",
		[QDISC_NOQUEUE] = "noqueue",
		[QDISC_PFIFO_FAST] = "pfifo_fast",
	};

	return qdisc < ARRAY_SIZE(names) ? names[qdisc] : "?";
}

#define E(name) [name] = #name
/* By number; some numbers have no name. */
static const char *const errno_names[] = { E(EPERM),
					   E(ENOENT),
					   E(ESRCH),
					   E(EINTR),
					   E(EIO),
					   E(ENXIO),
					   E(E2BIG),
					   E(ENOEXEC),
					   E(EBADF),
					   E(ECHILD),
					   E(EAGAIN),
					   E(ENOMEM),
					   E(EACCES),
					   E(EFAULT),
					   E(ENOTBLK),
					   E(EBUSY),
					   E(EEXIST),
					   E(EXDEV),
					   E(ENODEV),
					   E(ENOTDIR),
					   E(EISDIR),
					   E(EINVAL),
					   E(ENFILE),
					   E(EMFILE),
					   E(ENOTTY),
					   E(ETXTBSY),
					   E(EFBIG),
					   E(ENOSPC),
					   E(ESPIPE),
					   E(EROFS),
					   E(EMLINK),
					   E(EPIPE),
					   E(EDOM),
					   E(ERANGE),
					   E(EDEADLK),
					   E(ENAMETOOLONG),
					   E(ENOLCK),
					   E(ENOSYS),
					   E(ENOTEMPTY),
					   E(ELOOP),
					   E(ENOMSG),
					   E(EIDRM),
					   E(ECHRNG),
					   E(EL2NSYNC),
					   E(EL3HLT),
					   E(EL3RST),
					   E(ELNRNG),
					   E(EUNATCH),
					   E(ENOCSI),
					   E(EL2HLT),
					   E(EBADE),
					   E(EBADR),
					   E(EXFULL),
					   E(ENOANO),
					   E(EBADRQC),
					   E(EBADSLT),
					   E(EBFONT),
					   E(ENOSTR),
					   E(ENODATA),
					   E(ETIME),
					   E(ENOSR),
					   E(ENONET),
					   E(ENOPKG),
					   E(EREMOTE),
					   E(ENOLINK),
					   E(EADV),
					   E(ESRMNT),
					   E(ECOMM),
					   E(EPROTO),
					   E(EMULTIHOP),
					   E(EDOTDOT),
					   E(EBADMSG),
					   E(EOVERFLOW),
					   E(ENOTUNIQ),
					   E(EBADFD),
					   E(EREMCHG),
					   E(ELIBACC),
					   E(ELIBBAD),
					   E(ELIBSCN),
					   E(ELIBMAX),
					   E(ELIBEXEC),
					   E(EILSEQ),
					   E(ERESTART),
					   E(ESTRPIPE),
					   E(EUSERS),
					   E(ENOTSOCK),
					   E(EDESTADDRREQ),
					   E(EMSGSIZE),
					   E(EPROTOTYPE),
					   E(ENOPROTOOPT),
					   E(EPROTONOSUPPORT),
					   E(ESOCKTNOSUPPORT),
					   E(EOPNOTSUPP),
					   E(EPFNOSUPPORT),
					   E(EAFNOSUPPORT),
					   E(EADDRINUSE),
					   E(EADDRNOTAVAIL),
					   E(ENETDOWN),
					   E(ENETUNREACH),
					   E(ENETRESET),
					   E(ECONNABORTED),
					   E(ECONNRESET),
					   E(ENOBUFS),
					   E(EISCONN),
					   E(ENOTCONN),
					   E(ESHUTDOWN),
					   E(ETOOMANYREFS),
					   E(ETIMEDOUT),
					   E(ECONNREFUSED),
					   E(EHOSTDOWN),
					   E(EHOSTUNREACH),
					   E(EALREADY),
					   E(EINPROGRESS),
					   E(ESTALE),
					   E(EUCLEAN),
					   E(ENOTNAM),
					   E(ENAVAIL),
					   E(EISNAM),
					   E(EREMOTEIO),
					   E(EDQUOT),
					   E(ENOMEDIUM),
					   E(EMEDIUMTYPE),
					   E(ECANCELED),
					   E(ENOKEY),
					   E(EKEYEXPIRED),
					   E(EKEYREVOKED),
					   E(EKEYREJECTED),
					   E(EOWNERDEAD),
					   E(ENOTRECOVERABLE),
					   E(ERFKILL),
					   E(EHWPOISON) };
#undef E

const char *errno_name(int error)
{
	return error > 0 && (size_t)error < ARRAY_SIZE(errno_names) ? errno_names[error] : NULL;
}

int errno_from_name(const char *name, size_t len)
{
	size_t i;

	for (i = 1; i < ARRAY_SIZE(errno_names); i++)
		if (errno_names[i] && strlen(errno_names[i]) == len &&
		    memcmp(errno_names[i], name, len) == 0)
			return (int)i;
	return 0;
}
