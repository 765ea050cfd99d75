# SPDX-License-Identifier: GPL-2.0-or-later
"""What pyroute2's own parser reads from the simulated kernel's bytes."""
import errno

import pytest
from pyroute2.netlink import NLM_F_ACK, NLM_F_DUMP, NLM_F_REQUEST
from pyroute2.netlink.rtnl import RTM_GETLINK, RTM_NEWLINK, RTM_SETLINK
from pyroute2.netlink.rtnl.ifinfmsg import IFF_RUNNING, IFF_UP, ifinfmsg
from pyroute2.netlink.rtnl.marshal import MarshalRtnl

import lwsim


@pytest.fixture
def machine():
    machine = lwsim.Machine()
    yield machine
    machine.close()


@pytest.fixture
def socket(machine):
    socket = lwsim.Socket(machine)
    yield socket
    socket.close()


def received(socket):
    """All messages in the socket's queue, each with its time."""
    messages = []
    while datagram := socket.recv():
        messages += [(message, datagram[1]) for message in MarshalRtnl().parse(datagram[0])]
    return messages


def request(kind, nl_flags, **header):
    message = ifinfmsg()
    message['header'].update(type=kind, flags=NLM_F_REQUEST | nl_flags, sequence_number=7)
    message.update(header)
    message.encode()
    return bytes(message.data)


def test_the_second_cable_is_seen_a_second_later(machine, socket):
    for name in 'eth0', 'eth1':
        machine.virtnet_probe(name, True, True)
        machine.link_up(name)
    machine.run_until(400 * lwsim.SEC)
    received(socket)

    machine.virtnet_config_changed('eth0', False)
    machine.virtnet_config_changed('eth1', False)
    [(message, time_ns)] = received(socket)
    assert message.get_attr('IFLA_IFNAME') == 'eth0'
    assert message.get_attr('IFLA_OPERSTATE') == 'DOWN' and not message['flags'] & IFF_RUNNING
    assert time_ns == 400 * lwsim.SEC

    assert socket.run_until_message()
    [(message, time_ns)] = received(socket)
    assert message.get_attr('IFLA_IFNAME') == 'eth1'
    assert 401 * lwsim.SEC <= time_ns <= 401.1 * lwsim.SEC


def test_all_attributes_of_a_port(machine, socket):
    machine.link_add('br0', 'bridge')
    machine.link_add_veth('v0', 'v1')
    machine.link_master('v0', 'br0')
    machine.link_up('v0')
    message = [message for message, _ in received(socket) if message.get_attr('IFLA_IFNAME') == 'v0'][-1]
    assert message['event'] == 'RTM_NEWLINK'
    assert message['flags'] & IFF_UP
    assert message.get_attr('IFLA_MASTER') == machine.ifindex('br0')
    assert message.get_attr('IFLA_LINK') == machine.ifindex('v1')
    assert message.get_attr('IFLA_MTU') == 1500
    assert message.get_attr('IFLA_CARRIER') == 0
    assert len(message.get_attr('IFLA_ADDRESS').split(':')) == 6
    info = message.get_attr('IFLA_LINKINFO')
    assert info.get_attr('IFLA_INFO_KIND') == 'veth'
    assert info.get_attr('IFLA_INFO_SLAVE_KIND') == 'bridge'


def test_a_vlan_says_its_id(machine, socket):
    machine.link_add('d0', 'dummy')
    machine.link_add_vlan('d0.7', 'd0', 7)
    [info] = [message.get_attr('IFLA_LINKINFO') for message, _ in received(socket)
              if message.get_attr('IFLA_IFNAME') == 'd0.7']
    assert info.get_attr('IFLA_INFO_KIND') == 'vlan'
    assert info.get_attr('IFLA_INFO_DATA').get_attr('IFLA_VLAN_ID') == 7


def test_a_dump(machine, socket):
    for i in range(40):
        machine.link_add(f'd{i}', 'dummy')
    received(socket)
    socket.send(request(RTM_GETLINK, NLM_F_DUMP))
    messages = [message for message, _ in received(socket)]
    assert [m.get_attr('IFLA_IFNAME') for m in messages[:-1]] == ['lo'] + [f'd{i}' for i in range(40)]
    assert messages[-1]['header']['type'] == 3  # NLMSG_DONE
    assert {m['header']['sequence_number'] for m in messages} == {7}


def test_networkd_opens_a_link(machine, socket):
    """The notification comes before the answer; an error comes as one."""
    machine.link_add('d0', 'dummy')
    received(socket)
    index = machine.ifindex('d0')
    socket.send(request(RTM_SETLINK, NLM_F_ACK, index=index, flags=IFF_UP, change=IFF_UP))
    (told, _), (ack, _) = received(socket)
    assert told['header']['type'] == RTM_NEWLINK and told['flags'] & IFF_UP
    assert ack['header']['error'] is None
    socket.send(request(RTM_SETLINK, NLM_F_ACK, index=99, flags=IFF_UP, change=IFF_UP))
    [(refusal, _)] = received(socket)
    assert refusal['header']['error'].code == errno.ENODEV


def test_errors_are_exceptions(machine):
    with pytest.raises(OSError, match='Cannot find device "eth9"') as raised:
        machine.link_up('eth9')
    assert raised.value.errno == errno.ENODEV
    with pytest.raises(OSError, match='no such version or change: 9.9'):
        lwsim.Machine(kernel='9.9')
