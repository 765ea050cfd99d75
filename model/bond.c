/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bonds: a bond has carrier while one of its slaves' link is up; miimon says whether it is.
 * Models: drivers/net/bonding/bond_main.c, bond_netlink.c
 * Differs: the modes active-backup, balance-xor and balance-rr; no ARP monitor, no updelay, downdelay, primary or
 * priorities, one repeat of what is told to peers; all slaves are Ethernet. */
#include <errno.h>

#include "machine.h"

static struct bonding *netdev_bond(struct net_device *dev)
{
	return &dev->priv.bond;
}

/* The link of dev to the bond that it is a slave of; NULL: it is none.
 * Models: bond_slave_get_rtnl() */
static struct netdev_adjacent *bond_slave_get(const struct net_device *dev)
{
	struct netdev_adjacent *link = netdev_master_link(dev);

	return link && link->upper->netdev_ops == &bond_netdev_ops ? link : NULL;
}

static bool bond_has_slaves(const struct net_device *dev)
{
	return netdev_next_slave(dev, NULL);
}

static bool bond_uses_primary(const struct net_device *dev)
{
	return dev->priv.bond.mode == BOND_MODE_ACTIVEBACKUP;
}

/* Differs: what bond_netdev_notify_work() tells of a slave (NETDEV_BONDING_INFO) nobody here hears; but the worker
 * is awake by it. */
static bool bond_netdev_notify_work(struct machine *m, struct work_struct *work)
{
	(void)m;
	(void)work;
	return true;
}

/* Models: bond_lower_state_changed(), bond_queue_slave_event(), which go together */
static void bond_slave_changed(struct net_device *dev, struct net_device *slave_dev)
{
	call_netdevice_notifiers(NETDEV_CHANGELOWERSTATE, slave_dev);
	queue_delayed_work(dev->machine, WQ_BOND, &netdev_bond(dev)->work->notify, 0);
}

/* Models: bond_set_slave_state() */
static void bond_set_backup(struct netdev_adjacent *link, bool is_backup)
{
	if (link->port.bond.is_backup == is_backup)
		return;
	link->port.bond.is_backup = is_backup;
	bond_slave_changed(link->upper, link->lower);
}

static void bond_set_carrier(struct net_device *dev)
{
	if (netdev_first_slave_up(dev))
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
}

static void bond_set_dev_addr(struct net_device *dev, const struct net_device *slave_dev)
{
	dev->address = slave_dev->address;
	netdev_update_sums(dev);
	call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
}

/* The first whose link is up; before 6.0 the one that is active stays so while its link is up. */
static struct net_device *bond_find_best_slave(struct net_device *dev)
{
	struct net_device *curr = netdev_bond(dev)->curr_active_slave;
	struct netdev_adjacent *first;

	if (curr && bond_slave_get(curr)->port.bond.is_link_up &&
	    !kernel_has(&dev->machine->kernel, KERNEL_BOND_FIRST_UP))
		return curr;
	first = netdev_first_slave_up(dev);
	return first ? first->lower : NULL;
}

static bool bond_should_notify_peers(struct net_device *dev)
{
	const struct bonding *bond = netdev_bond(dev);

	return bond->curr_active_slave && bond->send_peer_notif && netif_carrier_ok(dev) &&
	       !(bond->curr_active_slave->state & (1UL << __LINK_STATE_LINKWATCH_PENDING));
}

/* What active-backup does when it has a new one. */
static void bond_fail_over(struct net_device *dev, struct net_device *new_active)
{
	struct bonding *bond = netdev_bond(dev);
	bool should_notify_peers = false;

	bond_set_backup(bond_slave_get(new_active), false);
	if (bond->is_fail_over_mac)
		bond_set_dev_addr(dev, new_active);
	if (netif_running(dev)) {
		bond->send_peer_notif = 1;
		should_notify_peers = bond_should_notify_peers(dev);
	}
	call_netdevice_notifiers(NETDEV_BONDING_FAILOVER, dev);
	if (should_notify_peers) {
		bond->send_peer_notif--;
		call_netdevice_notifiers(NETDEV_NOTIFY_PEERS, dev);
	}
}

/* Models: bond_hw_addr_swap() */
static void bond_hand_over_promiscuity(const struct net_device *dev, struct net_device *old_active,
				       struct net_device *new_active)
{
	if (!(dev->flags & IFF_PROMISC))
		return;
	if (old_active)
		dev_set_promiscuity(old_active, -1);
	if (new_active)
		dev_set_promiscuity(new_active, 1);
}

static void bond_change_active_slave(struct net_device *dev, struct net_device *new_active)
{
	struct bonding *bond = netdev_bond(dev);
	struct net_device *old_active = bond->curr_active_slave;
	bool is_igmp_due = bond->mode == BOND_MODE_ROUNDROBIN;

	bond->curr_active_slave = new_active;
	if (bond_uses_primary(dev)) {
		struct netdev_adjacent *old_link = old_active ? bond_slave_get(old_active) : NULL;

		bond_hand_over_promiscuity(dev, old_active, new_active);
		if (old_link) /* else it has left */
			bond_set_backup(old_link, true);
		if (new_active)
			bond_fail_over(dev, new_active);
		is_igmp_due = new_active;
	}
	if (netif_running(dev) && is_igmp_due)
		queue_delayed_work(dev->machine, WQ_BOND, &bond->work->mcast, 1);
}

static void bond_select_active_slave(struct net_device *dev)
{
	struct net_device *best = bond_find_best_slave(dev);

	if (best == netdev_bond(dev)->curr_active_slave)
		return;
	bond_change_active_slave(dev, best);
	bond_set_carrier(dev);
}

/* Models: bond_check_dev_link() */
static bool bond_check_dev_link(const struct net_device *slave_dev)
{
	return netif_running(slave_dev) && netif_carrier_ok(slave_dev);
}

/* Whether some slave's link is not as it was: what comes of it has the cause of that. */
static bool bond_miimon_inspect(struct net_device *dev)
{
	struct netdev_adjacent *at = NULL;
	bool any = false;

	while ((at = netdev_next_slave(dev, at)) != NULL) {
		struct bond_slave *slave = &at->port.bond;

		slave->is_link_changed = bond_check_dev_link(at->lower) != slave->is_link_up;
		if (slave->is_link_changed && !any)
			dev->machine->cause = at->lower->link_cause;
		any |= slave->is_link_changed;
	}
	return any;
}

/* A slave whose link has changed. Returns whether another may have to be the active one. */
static bool bond_miimon_link_change(struct net_device *dev, struct netdev_adjacent *link)
{
	const struct net_device *curr = netdev_bond(dev)->curr_active_slave;

	bond_slave_changed(dev, link->lower);
	if (link->port.bond.is_link_up)
		return !curr;
	if (bond_uses_primary(dev))
		bond_set_backup(link, true);
	return link->lower == curr;
}

static void bond_miimon_commit(struct net_device *dev)
{
	struct netdev_adjacent *at = NULL;
	bool do_failover = false;

	while ((at = netdev_next_slave(dev, at)) != NULL) {
		if (!at->port.bond.is_link_changed)
			continue;
		at->port.bond.is_link_up ^= true;
		netdev_slave_changed(at);
	}
	while ((at = netdev_next_slave(dev, at)) != NULL)
		if (at->port.bond.is_link_changed)
			do_failover |= bond_miimon_link_change(dev, at);
	if (do_failover)
		bond_select_active_slave(dev);
	bond_set_carrier(dev);
}

/* Looks at the slaves; false: there is something to do, and rtnl is not to be had. */
static bool bond_miimon_run(struct machine *m, struct net_device *dev)
{
	struct bonding *bond = netdev_bond(dev);
	bool should_notify_peers = bond_should_notify_peers(dev);
	bool commit = bond_miimon_inspect(dev);

	if (!commit && !bond->send_peer_notif)
		return true;
	if (!rtnl_trylock(m))
		return false;
	if (commit)
		bond_miimon_commit(dev);
	if (bond->send_peer_notif) {
		if (kernel_has(&m->kernel, KERNEL_BOND_PEERS_AFTER))
			should_notify_peers = bond_should_notify_peers(dev);
		bond->send_peer_notif--;
		if (should_notify_peers)
			call_netdevice_notifiers(NETDEV_NOTIFY_PEERS, dev);
	}
	rtnl_unlock(m);
	return true;
}

static bool bond_mii_monitor(struct machine *m, struct work_struct *work)
{
	struct bond_work *bond_work = container_of(work, struct bond_work, mii.work);
	struct net_device *dev = bond_work->dev;
	uint64_t delay_j = msecs_to_jiffies(&m->clock, netdev_bond(dev)->miimon);

	if (bond_has_slaves(dev) && !bond_miimon_run(m, dev))
		delay_j = 1;
	queue_delayed_work(m, WQ_BOND, &bond_work->mii, delay_j);
	return true;
}

static bool bond_resend_igmp_join_requests_delayed(struct machine *m, struct work_struct *work)
{
	struct bond_work *bond_work = container_of(work, struct bond_work, mcast.work);

	if (!rtnl_trylock(m)) {
		queue_delayed_work(m, WQ_BOND, &bond_work->mcast, 1);
		return true;
	}
	call_netdevice_notifiers(NETDEV_RESEND_IGMP, bond_work->dev);
	rtnl_unlock(m);
	return true;
}

/* What a slave must be; the text is what userspace is told. */
static int bond_slave_check(struct net_device *dev, const struct net_device *slave_dev)
{
	if ((slave_dev->flags & IFF_MASTER) && slave_dev->netdev_ops != &bond_netdev_ops) {
		NL_SET_ERR_MSG(dev->machine, "Device type (master device) cannot be enslaved");
		return -EPERM;
	}
	if (netdev_rx_handler_check(slave_dev) == -EBUSY) {
		NL_SET_ERR_MSG(dev->machine, "Device is in use and cannot be enslaved");
		return -EBUSY;
	}
	if (dev == slave_dev) {
		NL_SET_ERR_MSG(dev->machine, "Cannot enslave bond to itself");
		return -EPERM;
	}
	if (slave_dev->flags & IFF_UP) {
		NL_SET_ERR_MSG(dev->machine, "Device can not be enslaved while up");
		return -EPERM;
	}
	return 0;
}

/* Differs: a bond does not change its type with its first slave's; `lo` is refused for its address in the end,
 * others would be taken. */
static int bond_slave_type_check(struct net_device *dev, const struct net_device *slave_dev)
{
	if (!slave_dev->netdev_ops->is_no_ethernet)
		return 0;
	if (bond_has_slaves(dev)) {
		NL_SET_ERR_MSG(dev->machine, "Device type is different from other slaves");
		return -EINVAL;
	}
	if (slave_dev->flags & IFF_LOOPBACK)
		return -EADDRNOTAVAIL;
	dev->machine->extack =
		"a bond of devices that are no Ethernet is not there yet in this lwsim";
	return -EOPNOTSUPP;
}

/* A slave that keeps its address can only be the first one of active-backup. */
static int bond_fail_over_mac_check(struct net_device *dev)
{
	struct bonding *bond = netdev_bond(dev);

	if (!bond_uses_primary(dev) || bond->is_fail_over_mac)
		return 0;
	if (bond_has_slaves(dev)) {
		NL_SET_ERR_MSG(dev->machine,
			       "Slave device does not support setting the MAC address, but "
			       "fail_over_mac is not set to active");
		return -EOPNOTSUPP;
	}
	bond->is_fail_over_mac = true;
	return 0;
}

/* Slaves have the bond's address, unless the bond has its active slave's. */
static int bond_set_slave_addr(struct net_device *dev, struct net_device *slave_dev,
			       uint64_t address)
{
	if (bond_uses_primary(dev) && netdev_bond(dev)->is_fail_over_mac)
		return 0;
	return dev_set_mac_address(slave_dev, address);
}

static void bond_addr_random(struct net_device *dev)
{
	dev->address = ++dev->machine->last_address;
	netdev_update_sums(dev);
	dev->is_address_set = false;
}

static void bond_compute_features(struct net_device *dev)
{
	if (kernel_has(&dev->machine->kernel, KERNEL_BOND_FEATURES_COMMON)) {
		netdev_compute_master_upper_features(dev);
		return;
	}
	master_compute_vlan_features(dev, 0, NETIF_F_MASTER_VLAN);
	netdev_change_features(dev);
}

/* What is said of a slave that is open, before it is linked: its link, and that it is a backup. */
static struct bond_slave bond_new_slave(struct net_device *dev, struct net_device *slave_dev,
					uint64_t perm_address)
{
	struct bond_slave slave = {
		.is_link_up = !netdev_bond(dev)->miimon || bond_check_dev_link(slave_dev),
		.is_backup = bond_uses_primary(dev),
		.perm_address = perm_address,
	};

	bond_slave_changed(dev, slave_dev);
	if (slave.is_backup)
		bond_slave_changed(dev, slave_dev);
	return slave;
}

/* Opens a slave and links it; it is closed again if that fails.  Differs: a bond that balances
 * has its first slave as the active one only once it is linked. */
static int bond_slave_link(struct net_device *dev, struct net_device *slave_dev,
			   uint64_t perm_address)
{
	struct bonding *bond = netdev_bond(dev);
	struct bond_slave slave;
	int err = dev_open(slave_dev);

	if (err)
		return err;
	slave_dev->is_lag_port = slave_dev->flags & IFF_SLAVE;
	linkwatch_look_again(slave_dev);
	slave = bond_new_slave(dev, slave_dev, perm_address);
	if (!(dev->features & NETIF_F_LRO))
		dev_disable_lro(slave_dev);
	err = netdev_rx_handler_check(slave_dev);
	if (!err)
		err = netdev_master_upper_dev_link(slave_dev, dev);
	if (err) {
		slave_dev->is_lag_port = false;
		dev_close(slave_dev);
		return err;
	}
	slave_dev->flags |= IFF_SLAVE;
	slave_dev->is_lag_port = true;
	linkwatch_look_again(slave_dev);
	netdev_master_link(slave_dev)->port.bond = slave;
	netdev_update_sums(slave_dev);
	if (!bond_uses_primary(dev) && !bond->curr_active_slave && slave.is_link_up)
		bond->curr_active_slave = slave_dev;
	if (kernel_has(&dev->machine->kernel, KERNEL_BOND_INITIAL_STATE))
		bond_slave_changed(dev, slave_dev);
	return 0;
}

/* Gives the slave its address, and takes it on with it. */
static int bond_slave_add(struct net_device *dev, struct net_device *slave_dev)
{
	uint64_t perm_address = slave_dev->address;
	uint32_t orig_mtu = slave_dev->mtu;
	int err = dev_set_mtu(slave_dev, dev->mtu);

	if (err)
		return err;
	err = bond_set_slave_addr(dev, slave_dev, dev->address);
	if (!err) {
		if (!kernel_has(&dev->machine->kernel, KERNEL_BOND_SLAVE_ONCE_LINKED))
			slave_dev->flags |= IFF_SLAVE;
		err = bond_slave_link(dev, slave_dev, perm_address);
		if (!err) {
			netdev_master_link(slave_dev)->port.bond.orig_mtu = orig_mtu;
			return 0;
		}
		slave_dev->flags &= ~(uint32_t)IFF_SLAVE;
		bond_set_slave_addr(dev, slave_dev, perm_address);
	}
	dev_set_mtu(slave_dev, orig_mtu);
	return err;
}

static int bond_enslave(struct net_device *dev, struct net_device *slave_dev)
{
	int err = bond_slave_check(dev, slave_dev);

	if (!err)
		err = bond_slave_type_check(dev, slave_dev);
	if (!err && !dev_takes_mac_address(slave_dev))
		err = bond_fail_over_mac_check(dev);
	if (err)
		return err;
	if (!bond_has_slaves(dev) && !dev->is_address_set)
		bond_set_dev_addr(dev, slave_dev);
	err = bond_slave_add(dev, slave_dev);
	if (err) {
		if (!bond_has_slaves(dev) && dev->address == slave_dev->address)
			bond_addr_random(dev);
		return err;
	}
	if (!bond_uses_primary(dev) && (dev->flags & IFF_PROMISC))
		dev_set_promiscuity(slave_dev, 1);
	bond_compute_features(dev);
	bond_set_carrier(dev);
	if (bond_uses_primary(dev))
		bond_select_active_slave(dev);
	return 0;
}

/* Models: __bond_release_one(); is_all: the others will follow, so none of them is made active. */
static void bond_release_one(struct net_device *dev, struct netdev_adjacent *link, bool is_all)
{
	struct net_device *slave_dev = link->lower;
	uint64_t perm_address = link->port.bond.perm_address;
	uint32_t orig_mtu = link->port.bond.orig_mtu;
	bool was_active = netdev_bond(dev)->curr_active_slave == slave_dev;
	bool is_promisc = dev->flags & IFF_PROMISC; /* as it was when the slave came */

	bond_set_backup(link, true);
	netdev_upper_dev_unlink(slave_dev, dev);
	slave_dev->flags &= ~(uint32_t)IFF_SLAVE;
	if (was_active)
		bond_change_active_slave(dev, NULL);
	if (was_active && !is_all)
		bond_select_active_slave(dev);
	bond_set_carrier(dev);
	if (!bond_has_slaves(dev)) {
		bond_addr_random(dev);
		call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
	}
	bond_compute_features(dev);
	if (!bond_uses_primary(dev) && is_promisc)
		dev_set_promiscuity(slave_dev, -1);
	dev_close(slave_dev);
	bond_set_slave_addr(dev, slave_dev, perm_address);
	dev_set_mtu(slave_dev, orig_mtu);
	slave_dev->is_lag_port = false;
}

static int bond_release(struct net_device *dev, struct net_device *slave_dev)
{
	bond_release_one(dev, bond_slave_get(slave_dev), false);
	return 0;
}

static int bond_init(struct net_device *dev)
{
	struct list_head *free_works = &dev->machine->free_bond_works;
	struct bond_work *work;

	if (list_empty(free_works))
		return -ENOMEM;
	work = container_of(free_works->next, struct bond_work, free);
	list_del_init(&work->free);
	work->dev = dev;
	delayed_work_init(&work->mii, bond_mii_monitor);
	delayed_work_init(&work->notify, bond_netdev_notify_work);
	delayed_work_init(&work->mcast, bond_resend_igmp_join_requests_delayed);
	netdev_bond(dev)->work = work;
	dev->is_lag_master = true;
	return 0;
}

static void bond_uninit(struct net_device *dev)
{
	struct netdev_adjacent *at;

	while ((at = netdev_next_slave(dev, NULL)) != NULL)
		bond_release_one(dev, at, true);
	cancel_delayed_work(&netdev_bond(dev)->work->notify);
	list_add(&netdev_bond(dev)->work->free, &dev->machine->free_bond_works);
}

/* The slaves stay as they are when their bond is opened and closed. */
static int bond_open(struct net_device *dev)
{
	struct bonding *bond = netdev_bond(dev);

	if (bond->miimon)
		queue_delayed_work(dev->machine, WQ_BOND, &bond->work->mii, 0);
	return 0;
}

static void bond_close(struct net_device *dev)
{
	struct bonding *bond = netdev_bond(dev);

	cancel_delayed_work(&bond->work->mii);
	cancel_delayed_work(&bond->work->mcast);
	bond->send_peer_notif = 0;
}

/* All slaves have it, or none. */
static int bond_set_mac_address(struct net_device *dev, uint64_t address)
{
	struct netdev_adjacent *at = NULL, *undo = NULL;
	int err;

	if (bond_uses_primary(dev) && netdev_bond(dev)->is_fail_over_mac)
		return 0;
	while ((at = netdev_next_slave(dev, at)) != NULL) {
		err = dev_set_mac_address(at->lower, address);
		if (!err)
			continue;
		while ((undo = netdev_next_slave(dev, undo)) != at)
			dev_set_mac_address(undo->lower, dev->address);
		return err;
	}
	dev->address = address;
	netdev_update_sums(dev);
	return 0;
}

/* Models: bond_set_promiscuity() */
static void bond_change_rx_flags(struct net_device *dev)
{
	struct net_device *curr = netdev_bond(dev)->curr_active_slave;
	struct netdev_adjacent *at = NULL;

	if (!bond_uses_primary(dev)) {
		while ((at = netdev_next_slave(dev, at)) != NULL)
			dev_set_promiscuity(at->lower, promiscuity_inc(dev));
	} else if (curr) {
		dev_set_promiscuity(curr, promiscuity_inc(dev));
	}
}

static int bond_newlink(struct net_device *dev, const struct link_create *create)
{
	struct bonding *bond = netdev_bond(dev);
	int err;

	if (kernel_has(&dev->machine->kernel, KERNEL_BOND_NETLINK)) {
		bond->mode = create->bond_mode;
		bond->miimon = create->bond_miimon;
	} else { /* as the module has them, if nobody says otherwise */
		bond->mode = BOND_MODE_ROUNDROBIN;
		bond->miimon = 0;
	}
	err = register_netdevice(dev);
	if (!err)
		netif_carrier_off(dev);
	return err;
}

const struct net_device_ops bond_netdev_ops = {
	.kind = "bond",
	.default_qdisc = QDISC_NOQUEUE,
	.min_mtu = 68,
	.max_mtu = 65535,
	.flags = IFF_BROADCAST | IFF_MULTICAST | IFF_MASTER,
	.features = NETIF_F_MASTER_VLAN,
	.hw_features = NETIF_F_MASTER_VLAN,
	.ndo_fix_features = master_fix_features,
	.is_netns_local = true,
	.ndo_init = bond_init,
	.ndo_uninit = bond_uninit,
	.ndo_open = bond_open,
	.ndo_stop = bond_close,
	.ndo_set_mac_address = bond_set_mac_address,
	.ndo_change_rx_flags = bond_change_rx_flags,
	.ndo_change_mtu = master_change_mtu,
	.ndo_add_slave = bond_enslave,
	.ndo_del_slave = bond_release,
	.newlink = bond_newlink,
	.rx_mode_by_work = true,
	.dellink = unregister_netdevice_queue,
};

/* Not again for what it does itself by that. */
static void bond_slave_features_changed(struct net_device *dev)
{
	struct bonding *bond = netdev_bond(dev);

	if (bond->notifier_ctx)
		return;
	bond->notifier_ctx = true;
	bond_compute_features(dev);
	bond->notifier_ctx = false;
}

/* The carrier of slaves is looked at by miimon alone. */
int bond_device_event(struct net_device *dev, enum netdev_cmd cmd)
{
	struct netdev_adjacent *link = bond_slave_get(dev);

	if (!link)
		return 0;
	if (cmd == NETDEV_UNREGISTER)
		bond_release_one(link->upper, link, false);
	else if (cmd == NETDEV_FEAT_CHANGE)
		bond_slave_features_changed(link->upper);
	else if (cmd == NETDEV_RESEND_IGMP)
		call_netdevice_notifiers(NETDEV_RESEND_IGMP, link->upper);
	return 0;
}
