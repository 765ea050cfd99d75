/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * linkwatch of Linux 6.1 with N dummy devices, for Spin: the machine that lwsim explores with `timers exact`.
 * tests/bench/spin/run compares both, step by step and for speed.
 *
 * What is a state. There is one process and one control location, the head of its loop. Each option of the loop
 * is one d_step: a call of the kernel, or time that passes, with everything that follows from it in the same
 * instant (timers that expire, linkwatch's work). So Spin stores the machine at rest only, as lwsim does, and one
 * option executed is one of lwsim's transitions. What is needed only within a step is hidden: not in the state.
 * All times are relative to now, in jiffies; 0 is now or past. lwsim's canonical form has them so, too.
 *
 * What is left out, because with these devices and actions it never changes: the bits PRESENT, DORMANT and
 * TESTING; link modes; iflink, LAG ports and masters (no other reason to be urgent); the budget of 100 devices;
 * rtnl, which is free whenever someone asks for it; the wrap of jiffies.
 *
 * Macros (spin -D):
 *   N=2         devices
 *   HZ=250      jiffies a second, at most 255
 *   EVERY       actions may happen in each jiffy; otherwise only when the timer expires or the second is over
 *   SHORTCUT    with the bit that lwsim adds to each event, by which urgent runs skip what they put back before
 *               (struct linkwatch_event, stays). It changes nothing that happens, but it is part of a state.
 *   STEPS       print each step: a state, a move and a state (pan compiled with -DPRINTF)
 */
#ifndef N
#define N 2
#endif
#ifndef HZ
#define HZ 250
#endif

/* include/uapi/linux/if.h */
#define IF_OPER_UNKNOWN 0
#define IF_OPER_DOWN 2
#define IF_OPER_UP 6

/* dummy has no queue */
#define NOOP 0
#define NOQUEUE 1

/* struct net_device, include/linux/netdevice.h */
typedef net_device {
	bit is_running;		  /* state: __LINK_STATE_START */
	bit no_carrier;		  /* state: __LINK_STATE_NOCARRIER */
	bit is_pending;		  /* state: __LINK_STATE_LINKWATCH_PENDING */
	bit is_up;		  /* flags: IFF_UP */
	unsigned operstate : 3;
	bit qdisc;		  /* of the tx queue */
	bit qdisc_sleeping;	  /* of the tx queue */
	bit root_qdisc;		  /* dev->qdisc */
#ifdef SHORTCUT
	bit stays;		  /* lwsim's: put back by an urgent run, and nothing has changed since */
#endif
};

net_device dev[N];

/* The globals of net/core/link_watch.c. A list holds numbers of devices from 1 on, then 0. */
byte lweventlist[N];
byte linkwatch_nextevent;
bit lw_urgent;	   /* linkwatch_flags: LW_URGENT */
byte work_timer;   /* linkwatch_work.timer: jiffies until it expires, 0: not armed */
bit work_is_queued; /* linkwatch_work.work is on its workqueue */

hidden byte wrk[N]; /* the list of a run */
hidden byte at, listed, one, passed, urgent_only, was_urgent;

#ifdef SHORTCUT
#define SET_STAYS(d, value) dev[d].stays = value
#else
#define SET_STAYS(d, value) skip
#endif

#ifdef STEPS
inline place_of(d)
{
	at = 0;
	do
	:: at == N || lweventlist[at] == d + 1 -> break
	:: else -> at++
	od;
	at = (at == N -> 0 : at + 1)
}

#ifdef SHORTCUT
#define STAYS(d) dev[d].stays
#else
#define STAYS(d) 0
#endif

inline print_state()
{
	printf("%d %d", linkwatch_nextevent, work_timer);
	one = 0;
	do
	:: one == N -> break
	:: else ->
		place_of(one);
		printf(", %d %d %d%d%d%d", at, STAYS(one), dev[one].is_running, dev[one].no_carrier,
		       dev[one].is_pending, dev[one].is_up);
		printf(" %d %d%d%d", dev[one].operstate, dev[one].qdisc, dev[one].qdisc_sleeping,
		       dev[one].root_qdisc);
		one++
	od
}
#define BEGIN(move, number) print_state(); printf(move, number)
#define END print_state(); printf("\n")
#else
#define BEGIN(move, number) skip
#define END skip
#endif

/* linkwatch_urgent_event() */
#define urgent_event(d)                                                                            \
	(dev[d].is_running && !dev[d].no_carrier && dev[d].qdisc != dev[d].qdisc_sleeping)

/* linkwatch_schedule_work() */
inline linkwatch_schedule_work(urgent)
{
	if
	:: lw_urgent -> skip
	:: !lw_urgent && urgent ->
		lw_urgent = 1;
		work_timer = 0; /* mod_delayed_work(0) */
		work_is_queued = 1
	:: else ->
		if /* queue_delayed_work() */
		:: work_timer || work_is_queued -> skip
		:: else ->
			work_timer = linkwatch_nextevent;
			work_is_queued = !linkwatch_nextevent
		fi
	fi
}

/* linkwatch_fire_event() */
inline linkwatch_fire_event(d)
{
	SET_STAYS(d, 0);
	was_urgent = urgent_event(d);
	if
	:: !dev[d].is_pending ->
		dev[d].is_pending = 1;
		listed = 0; /* linkwatch_add_event(): list_add_tail() */
		do
		:: lweventlist[listed] -> listed++
		:: else -> break
		od;
		lweventlist[listed] = d + 1;
		linkwatch_schedule_work(was_urgent)
	:: dev[d].is_pending && was_urgent -> linkwatch_schedule_work(1)
	:: else -> skip
	fi
}

/* dev_activate(), net/sched/sch_generic.c */
inline dev_activate(d)
{
	if
	:: dev[d].root_qdisc == NOOP ->
		dev[d].qdisc_sleeping = NOQUEUE;
		dev[d].root_qdisc = NOQUEUE
	:: else -> skip
	fi;
	if
	:: !dev[d].no_carrier -> dev[d].qdisc = dev[d].qdisc_sleeping
	:: else -> skip
	fi
}

/* dev_deactivate(), net/sched/sch_generic.c */
inline dev_deactivate(d)
{
	dev[d].qdisc = NOOP
}

/* linkwatch_do_dev(), with rfc2863_policy() and default_operstate() */
inline linkwatch_do_dev(d)
{
	dev[d].is_pending = 0;
	SET_STAYS(d, 0);
	dev[d].operstate = (dev[d].no_carrier -> IF_OPER_DOWN : IF_OPER_UP);
	if
	:: dev[d].is_up && !dev[d].no_carrier -> dev_activate(d)
	:: dev[d].is_up && dev[d].no_carrier -> dev_deactivate(d)
	:: else -> skip
	fi
}

/* linkwatch_event(), __linkwatch_run_queue() */
inline linkwatch_run_queue()
{
	work_is_queued = 0;
	urgent_only = (linkwatch_nextevent > 0);
	if
	:: !urgent_only -> linkwatch_nextevent = HZ
	:: else -> skip
	fi;
	lw_urgent = 0;
	at = 0; /* list_splice_init() */
	do
	:: at == N -> break
	:: else ->
		wrk[at] = lweventlist[at];
		lweventlist[at] = 0;
		at++
	od;
	at = 0;
	listed = 0;
	do
	:: at == N || wrk[at] == 0 -> break
	:: else ->
		one = wrk[at] - 1;
		if
		:: urgent_only && !urgent_event(one) ->
			lweventlist[listed] = one + 1; /* list_add_tail() */
			SET_STAYS(one, 1);
			listed++
		:: else -> linkwatch_do_dev(one)
		fi;
		at++
	od;
	if
	:: lweventlist[0] -> linkwatch_schedule_work(0)
	:: else -> skip
	fi
}

/* What happens in the same instant. */
inline settle()
{
	do
	:: work_is_queued -> linkwatch_run_queue()
	:: else -> break
	od
}

/* do_setlink() of net/core/rtnetlink.c: dev_change_flags(), __dev_open() */
inline ip_link_set_up(d)
{
	if
	:: !dev[d].is_up ->
		dev[d].is_running = 1;
		dev[d].is_up = 1;
		SET_STAYS(d, 0);
		dev_activate(d)
	:: else -> skip
	fi
}

/* do_setlink(): dev_change_flags(), __dev_close_many() */
inline ip_link_set_down(d)
{
	if
	:: dev[d].is_up ->
		dev[d].is_running = 0;
		SET_STAYS(d, 0);
		dev_deactivate(d);
		dev[d].is_up = 0
	:: else -> skip
	fi
}

/* do_setlink(): dev_change_carrier(), dummy_change_carrier(), netif_carrier_on() or netif_carrier_off() */
inline ip_link_set_carrier(d, is_on)
{
	if
	:: dev[d].no_carrier == is_on ->
		dev[d].no_carrier = !is_on;
		linkwatch_fire_event(d);
		settle()
	:: else -> skip
	fi
}

/* The clock, and run_timers() of kernel/time/timer.c. Nothing is due in between. */
inline pass(jiffies)
{
	passed = jiffies;
	linkwatch_nextevent = (linkwatch_nextevent > passed -> linkwatch_nextevent - passed : 0);
	if
	:: work_timer ->
		work_timer = work_timer - passed;
		if
		:: !work_timer ->
			work_is_queued = 1; /* delayed_work_timer_fn() */
			settle()
		:: else -> skip
		fi
	:: else -> skip
	fi
}

#define ACTIONS_OF(d)                                                                              \
	:: d_step { BEGIN("; ip link set d%d up; ", d); ip_link_set_up(d); END }                   \
	:: d_step { BEGIN("; ip link set d%d down; ", d); ip_link_set_down(d); END }               \
	:: d_step { BEGIN("; ip link set d%d carrier on; ", d); ip_link_set_carrier(d, 1); END }   \
	:: d_step { BEGIN("; ip link set d%d carrier off; ", d); ip_link_set_carrier(d, 0); END }

active proctype machine()
{
	do
	ACTIONS_OF(0)
#if N > 1
	ACTIONS_OF(1)
#endif
#if N > 2
	ACTIONS_OF(2)
#endif
#if N > 3
	ACTIONS_OF(3)
#endif
#ifdef EVERY
	:: d_step { BEGIN("; %d j; ", 1); pass(1); END }
#else
	:: d_step { work_timer -> BEGIN("; %d j; ", work_timer); pass(work_timer); END }
	:: d_step {
		linkwatch_nextevent && (!work_timer || linkwatch_nextevent < work_timer) ->
		BEGIN("; %d j; ", linkwatch_nextevent);
		pass(linkwatch_nextevent);
		END
	}
#endif
	od
}
