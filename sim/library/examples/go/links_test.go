// SPDX-License-Identifier: GPL-2.0-or-later

// Package links decodes a simulated kernel's rtnetlink messages with vishvananda/netlink.
package links

import (
	"bytes"
	"encoding/binary"
	"syscall"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// decode is what netlink.LinkSubscribe does with a message from its socket.
func decode(t *testing.T, message syscall.NetlinkMessage) netlink.Link {
	t.Helper()
	header := unix.NlMsghdr{Len: message.Header.Len, Type: message.Header.Type}
	link, err := netlink.LinkDeserialize(&header, message.Data)
	if err != nil {
		t.Fatal(err)
	}
	return link
}

// receive takes all messages from the socket.
func receive(t *testing.T, socket *Socket) []syscall.NetlinkMessage {
	t.Helper()
	var all []syscall.NetlinkMessage
	for {
		datagram := socket.Receive()
		if datagram == nil {
			return all
		}
		messages, err := syscall.ParseNetlinkMessage(datagram)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, messages...)
	}
}

func setUp(t *testing.T) (*Machine, *Socket) {
	t.Helper()
	machine, err := NewMachine("6.1", 250)
	if err != nil {
		t.Fatal(err)
	}
	socket := machine.NewSocket()
	t.Cleanup(func() {
		socket.Free()
		machine.Free()
	})
	return machine, socket
}

func TestSecondCableIsSeenASecondLater(t *testing.T) {
	machine, socket := setUp(t)
	for _, name := range []string{"eth0", "eth1"} {
		machine.VirtnetProbe(name, true, true)
		if err := machine.LinkUp(name); err != nil {
			t.Fatal(err)
		}
	}
	machine.RunFor(400 * time.Second)
	receive(t, socket)

	machine.SetCable("eth0", false)
	machine.SetCable("eth1", false)
	messages := receive(t, socket)
	if len(messages) != 1 {
		t.Fatalf("%d messages, expected 1", len(messages))
	}
	attrs := decode(t, messages[0]).Attrs()
	if attrs.Name != "eth0" || attrs.OperState != netlink.OperDown {
		t.Errorf("%s is %s, expected eth0 down", attrs.Name, attrs.OperState)
	}

	pulled := machine.Now()
	if !socket.RunUntilMessage() {
		t.Fatal("no message of eth1")
	}
	attrs = decode(t, receive(t, socket)[0]).Attrs()
	if attrs.Name != "eth1" || attrs.OperState != netlink.OperDown {
		t.Errorf("%s is %s, expected eth1 down", attrs.Name, attrs.OperState)
	}
	if waited := machine.Now() - pulled; waited < time.Second || waited > 1100*time.Millisecond {
		t.Errorf("eth1 came after %v, expected a second", waited)
	}
}

func TestPort(t *testing.T) {
	machine, socket := setUp(t)
	machine.LinkAdd("br0", "bridge")
	machine.LinkAddVeth("v0", "v1")
	receive(t, socket)
	if err := machine.LinkMaster("v0", "br0"); err != nil {
		t.Fatal(err)
	}
	var link netlink.Link
	for _, message := range receive(t, socket) {
		if next := decode(t, message); next.Attrs().Name == "v0" {
			link = next
		}
	}
	if link == nil {
		t.Fatal("no message of v0")
	}
	attrs := link.Attrs()
	if link.Type() != "veth" || attrs.MasterIndex != machine.Index("br0") || attrs.MTU != 1500 ||
		attrs.ParentIndex != machine.Index("v1") || len(attrs.HardwareAddr) != 6 {
		t.Errorf("v0 is %s, %+v", link.Type(), attrs)
	}
}

func TestVlan(t *testing.T) {
	machine, socket := setUp(t)
	machine.LinkAdd("d0", "dummy")
	receive(t, socket)
	if err := machine.LinkAddVlan("d0.7", "d0", 7); err != nil {
		t.Fatal(err)
	}
	messages := receive(t, socket)
	vlan, isVlan := decode(t, messages[len(messages)-1]).(*netlink.Vlan)
	if !isVlan || vlan.VlanId != 7 || vlan.VlanProtocol != netlink.VLAN_PROTOCOL_8021Q {
		t.Errorf("%+v, expected VLAN 7", vlan)
	}
}

func TestDump(t *testing.T) {
	machine, socket := setUp(t)
	machine.LinkAdd("d0", "dummy")
	receive(t, socket)
	var request bytes.Buffer
	binary.Write(&request, binary.LittleEndian, syscall.NlMsghdr{
		Len: 17, Type: unix.RTM_GETLINK, Flags: unix.NLM_F_REQUEST | unix.NLM_F_DUMP, Seq: 5})
	request.WriteByte(unix.AF_UNSPEC)
	socket.Send(request.Bytes())
	messages := receive(t, socket)
	if len(messages) != 3 || messages[2].Header.Type != unix.NLMSG_DONE {
		t.Fatalf("%d messages, expected lo, d0 and the end", len(messages))
	}
	if name := decode(t, messages[1]).Attrs().Name; name != "d0" {
		t.Errorf("%s, expected d0", name)
	}
}

func TestErrors(t *testing.T) {
	machine, _ := setUp(t)
	if err := machine.LinkUp("eth9"); err == nil || err.Error() != `Cannot find device "eth9"` {
		t.Errorf("%v", err)
	}
	if _, err := NewMachine("9.9", 250); err == nil {
		t.Error("there is no 9.9")
	}
}
