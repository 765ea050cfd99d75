// SPDX-License-Identifier: GPL-2.0-or-later

package links

// #cgo pkg-config: lwsim
// #include <linux/rtnetlink.h>
// #include <lw.h>
// #include <stdlib.h>
import "C"

import (
	"errors"
	"time"
	"unsafe"
)

// Machine is a simulated kernel: as much of lw.h as these tests need.
type Machine struct{ handle *C.struct_lw_machine }

// Socket is a NETLINK_ROUTE socket of a Machine, in RTMGRP_LINK.
type Socket struct{ handle *C.struct_lw_socket }

// NewMachine boots a kernel.
func NewMachine(kernel string, hz uint32) (*Machine, error) {
	var text [C.LW_ERROR_BYTES]C.char
	name := C.CString(kernel)
	defer C.free(unsafe.Pointer(name))
	// C memory: Go does not let C see a Go pointer to another pointer
	config := (*C.struct_lw_config)(C.calloc(1, C.sizeof_struct_lw_config))
	defer C.free(unsafe.Pointer(config))
	config.kernel = name
	config.hz = C.uint32_t(hz)
	machine := &Machine{}
	if C.lw_new(config, &machine.handle, &text[0]) < 0 {
		return nil, errors.New(C.GoString(&text[0]))
	}
	return machine, nil
}

// Free frees the machine, whose sockets have been freed.
func (m *Machine) Free() { C.lw_free(m.handle) }

// check turns a result into an error.
func (m *Machine) check(result C.int) error {
	if result < 0 {
		return errors.New(C.GoString(C.lw_error(m.handle)))
	}
	return nil
}

// named calls a function with a name in C's memory.
func named(name string, call func(*C.char) C.int) C.int {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	return call(text)
}

// named2 calls a function with two names in C's memory.
func (m *Machine) named2(first, second string, call func(*C.char, *C.char) C.int) error {
	return m.check(named(first, func(a *C.char) C.int {
		return named(second, func(b *C.char) C.int { return call(a, b) })
	}))
}

// Now is the time since the machine's boot.
func (m *Machine) Now() time.Duration { return time.Duration(C.lw_now(m.handle)) }

// RunFor lets time pass.
func (m *Machine) RunFor(d time.Duration) error {
	return m.check(C.lw_run_for(m.handle, C.int64_t(d)))
}

// Index is the device's number.
func (m *Machine) Index(name string) int {
	return int(named(name, func(n *C.char) C.int { return C.lw_ifindex(m.handle, n) }))
}

// LinkAdd creates a link that needs no other.
func (m *Machine) LinkAdd(name, kind string) error {
	return m.named2(name, kind, func(n, k *C.char) C.int { return C.lw_link_add(m.handle, n, k) })
}

// LinkAddVeth creates a pair.
func (m *Machine) LinkAddVeth(name, peer string) error {
	return m.named2(name, peer, func(n, p *C.char) C.int { return C.lw_link_add_veth(m.handle, n, p) })
}

// LinkAddVlan creates a VLAN on a link.
func (m *Machine) LinkAddVlan(name, link string, id int) error {
	return m.named2(name, link, func(n, l *C.char) C.int {
		return C.lw_link_add_vlan(m.handle, n, l, C.uint16_t(id))
	})
}

// LinkMaster makes a link a port of another.
func (m *Machine) LinkMaster(name, master string) error {
	return m.named2(name, master, func(n, o *C.char) C.int { return C.lw_link_master(m.handle, n, o) })
}

// LinkUp opens a link.
func (m *Machine) LinkUp(name string) error {
	return m.check(named(name, func(n *C.char) C.int { return C.lw_link_up(m.handle, n) }))
}

// VirtnetProbe adds a virtio_net device.
func (m *Machine) VirtnetProbe(name string, hasStatus, isUp bool) error {
	return m.check(named(name, func(n *C.char) C.int {
		return C.lw_virtnet_probe(m.handle, n, C.bool(hasStatus), C.bool(isUp))
	}))
}

// SetCable is what the virtio host does when a cable is plugged or pulled.
func (m *Machine) SetCable(name string, isUp bool) error {
	return m.check(named(name, func(n *C.char) C.int {
		return C.lw_virtnet_config_changed(m.handle, n, C.bool(isUp))
	}))
}

// NewSocket opens a socket; it panics without memory.
func (m *Machine) NewSocket() *Socket {
	socket := &Socket{}
	if err := m.check(C.lw_socket_new(m.handle, C.RTMGRP_LINK, 0, &socket.handle)); err != nil {
		panic(err)
	}
	return socket
}

// Free closes the socket.
func (s *Socket) Free() { C.lw_socket_free(s.handle) }

// RunUntilMessage lets time pass until there is one; false: there will be none.
func (s *Socket) RunUntilMessage() bool { return C.lw_run_until_message(s.handle, C.LW_NEVER) == 1 }

// Send sends requests.
func (s *Socket) Send(request []byte) bool {
	return C.lw_send(s.handle, unsafe.Pointer(&request[0]), C.size_t(len(request))) == 0
}

// Receive takes the oldest datagram; nil: there is none.
func (s *Socket) Receive() []byte {
	buffer := make([]byte, 65536)
	length := C.lw_recv(s.handle, unsafe.Pointer(&buffer[0]), C.size_t(len(buffer)), nil)
	if length < 0 {
		return nil
	}
	return buffer[:length]
}
