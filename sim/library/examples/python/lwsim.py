# SPDX-License-Identifier: GPL-2.0-or-later
"""liblwsim through ctypes: as much of lw.h as these tests need."""
import ctypes

NEVER = 2**63 - 1
SEC = 10**9
RTMGRP_LINK = 1
ERROR_BYTES = 256

_lib = ctypes.CDLL('liblwsim.so.0')


class Config(ctypes.Structure):
    _fields_ = [('kernel', ctypes.c_char_p), ('hz', ctypes.c_uint32), ('long_bits', ctypes.c_uint32),
                ('max_devices', ctypes.c_uint32), ('max_netns', ctypes.c_uint32), ('max_queued', ctypes.c_uint32),
                ('has_exact_timers', ctypes.c_bool), ('reserved', ctypes.c_uint8 * 35)]


_machine = _socket = ctypes.c_void_p
_name = ctypes.c_char_p
_argtypes = {
    'lw_new': [ctypes.POINTER(Config), ctypes.POINTER(_machine), ctypes.c_char_p],
    'lw_free': [_machine],
    'lw_error': [_machine],
    'lw_now': [_machine],
    'lw_run_until': [_machine, ctypes.c_int64],
    'lw_run_for': [_machine, ctypes.c_int64],
    'lw_ifindex': [_machine, _name],
    'lw_link_add': [_machine, _name, _name],
    'lw_link_add_veth': [_machine, _name, _name],
    'lw_link_add_vlan': [_machine, _name, _name, ctypes.c_uint16],
    'lw_link_master': [_machine, _name, _name],
    'lw_link_up': [_machine, _name],
    'lw_virtnet_probe': [_machine, _name, ctypes.c_bool, ctypes.c_bool],
    'lw_virtnet_config_changed': [_machine, _name, ctypes.c_bool],
    'lw_socket_new': [_machine, ctypes.c_uint32, ctypes.c_uint32, ctypes.POINTER(_socket)],
    'lw_socket_free': [_socket],
    'lw_run_until_message': [_socket, ctypes.c_int64],
    'lw_send': [_socket, ctypes.c_char_p, ctypes.c_size_t],
    'lw_recv': [_socket, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_int64)],
}
for _function, _types in _argtypes.items():
    getattr(_lib, _function).argtypes = _types
_lib.lw_error.restype = ctypes.c_char_p
_lib.lw_now.restype = ctypes.c_int64


class Machine:
    """A simulated kernel. machine.link_up('eth0') is lw_link_up(); an error is an OSError."""

    def __init__(self, kernel='6.1', hz=250):
        self._handle = _machine()
        error = ctypes.create_string_buffer(ERROR_BYTES)
        config = Config(kernel=kernel.encode(), hz=hz)
        result = _lib.lw_new(ctypes.byref(config), ctypes.byref(self._handle), error)
        if result < 0:
            raise OSError(-result, error.value.decode())

    def __getattr__(self, function):
        call = getattr(_lib, f'lw_{function}')

        def wrapped(*arguments):
            result = call(self._handle, *(x.encode() if isinstance(x, str) else x for x in arguments))
            if result < 0:
                raise OSError(-result, _lib.lw_error(self._handle).decode())
            return result
        return wrapped

    def close(self):
        _lib.lw_free(self._handle)


class Socket:
    """A NETLINK_ROUTE socket of a machine, as bytes."""

    def __init__(self, machine, groups=RTMGRP_LINK, options=0):
        self._handle = _socket()
        machine.socket_new(groups, options, ctypes.byref(self._handle))

    def run_until_message(self, at_ns=NEVER):
        return _lib.lw_run_until_message(self._handle, at_ns) == 1

    def send(self, request):
        assert _lib.lw_send(self._handle, request, len(request)) == 0

    def recv(self):
        """The oldest datagram and its time; None: there is none."""
        buffer = ctypes.create_string_buffer(65536)
        time_ns = ctypes.c_int64()
        length = _lib.lw_recv(self._handle, buffer, len(buffer), ctypes.byref(time_ns))
        return (buffer.raw[:length], time_ns.value) if length > 0 else None

    def close(self):
        _lib.lw_socket_free(self._handle)
