"""The bus by itself: what is sent arrives as it was, and nothing waits longer than it was told to."""

import select
import threading
from collections.abc import Callable, Iterator

import pytest

from desktop.input_methods.bus import CALL, DAEMON, DAEMON_PATH, Bus, BusError, Message

HERE = ("/somewhere", "desk.Test")


@pytest.fixture
def bus(address: str) -> Iterator[Bus]:
    bus = Bus(address)
    yield bus
    bus.close()


def name_of(bus: Bus) -> str:
    """The name by which others reach a connection."""
    return str(bus.call((DAEMON, DAEMON_PATH, DAEMON), "GetNameOwner", "s", _own(bus))[0])


def _own(bus: Bus) -> str:
    bus.call((DAEMON, DAEMON_PATH, DAEMON), "RequestName", "su", "desk.Test", 4)
    return "desk.Test"


def next_one(bus: Bus, is_meant: Callable[[Message], bool]) -> Message:
    """The next message of a kind that comes."""
    while True:
        for message in bus.take():
            if is_meant(message):
                return message
        assert select.select([bus.file], [], [], 5)[0]


def next_call(bus: Bus) -> Message:
    """The next call that comes."""
    return next_one(bus, lambda message: message.kind == CALL)


@pytest.mark.parametrize(
    ("signature", "arguments"),
    [
        ("uuuiu", (0xFFFFFFFF, 0, 1, -1, 0x80000000)),
        ("tb", (2**63, True)),
        ("sos", ("营商环境𠮷", "/a/b", "")),
        ("a(si)i", ((("营", 8), ("商", -1)), 3)),
        ("a(ss)", ((),)),
        ("a(ss)", ((("program", "desk"), ("display", "x11:")),)),
        ("", ()),
    ],
)
def test_what_is_sent_arrives_as_it_was(
    bus: Bus, address: str, signature: str, arguments: tuple[object, ...]
) -> None:
    other = Bus(address)
    serial = other.send((name_of(bus), *HERE), "Do", signature, *arguments, answer=True)
    call = next_call(bus)
    assert (call.path, call.interface, call.member) == (*HERE, "Do")
    assert (call.signature, call.arguments) == (signature, arguments)
    bus.answer(call, signature, *arguments)
    assert next_one(other, lambda message: message.answers == serial).arguments == arguments
    other.close()


def test_a_call_without_an_answer_ends(bus: Bus, address: str) -> None:
    other = Bus(address)
    with pytest.raises(BusError):
        other.call((name_of(bus), *HERE), "Do", wait_ms=50)
    other.close()


def test_a_call_to_nobody_is_told(bus: Bus) -> None:
    with pytest.raises(BusError, match="Nobody"):
        bus.call(("desk.Nobody", *HERE), "Do")


def test_what_was_said_before_the_answer_is_heard_in_order(bus: Bus, address: str) -> None:
    other = Bus(address)
    other.watch("type='signal',path='/somewhere'")
    place = (name_of(bus), *HERE)

    def work() -> None:
        call = next_call(bus)
        for number in range(3):
            bus.emit(*HERE, "Said", "i", number)
        bus.answer(call, "s", "done")

    worker = threading.Thread(target=work)
    worker.start()
    assert other.call(place, "Do") == ("done",)
    worker.join()
    said = [message.arguments for message in other.take() if message.member == "Said"]
    assert said == [(0,), (1,), (2,)]
    other.close()


@pytest.mark.parametrize(
    "address", ["", "tcp:host=127.0.0.1,port=1", "unix:path=/nowhere/at/all", "nonsense"]
)
def test_without_a_bus_on_this_machine_there_is_a_reason(address: str) -> None:
    with pytest.raises(BusError):
        Bus(address)
