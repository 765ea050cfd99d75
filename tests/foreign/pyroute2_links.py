# SPDX-License-Identifier: GPL-2.0-or-later
"""pyroute2's IPRoute, which takes kernel.c's sockets for the kernel's: dumps, requests, errors, then what comes."""
from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

with IPRoute() as ip:
    for link in ip.get_links():
        info = link.get_attr('IFLA_LINKINFO')
        data = info.get_attr('IFLA_INFO_DATA') if info else None
        print(link['index'], link.get_attr('IFLA_IFNAME'), link['state'], link.get_attr('IFLA_OPERSTATE'),
              info.get_attr('IFLA_INFO_KIND') if info else '-', dict(data['attrs']) if data else '-')
    [eth1] = ip.link_lookup(ifname='eth1')
    ip.link('add', ifname='v8', kind='vlan', link=eth1, vlan_id=8)
    [v8] = ip.link_lookup(ifname='v8')
    ip.link('set', index=v8, state='up', mtu=1400)
    [link] = ip.get_links(v8)
    print(link.get_attr('IFLA_IFNAME'), link['state'], link.get_attr('IFLA_OPERSTATE'), link.get_attr('IFLA_MTU'))
    ip.link('del', index=v8)
    for request in ({'command': 'del', 'index': v8}, {'command': 'add', 'ifname': 'd0', 'kind': 'dummy'},
                    {'command': 'add', 'ifname': 'x0', 'kind': 'macvlan'}):
        try:
            ip.link(request.pop('command'), **request)
        except NetlinkError as error:
            print(request, error)

with IPRoute() as ip:
    ip.bind()
    for _ in range(9):
        for link in ip.get():
            print(link['event'], link.get_attr('IFLA_IFNAME'), link['state'], link.get_attr('IFLA_OPERSTATE'))
