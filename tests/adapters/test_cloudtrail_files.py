import gzip
import io
import itertools
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.adapters.cloudtrail_files import Position, read_records
from rolecall.services.replay import UnreadableRecord
from tests.builders import envelope, record

A, B, C = (record(name, userAgent='a "quoted" {agent}, [too]') for name in ("A", "B", "C"))
ABC = [A, B, C]


@pytest.fixture
def write(tmp_path):
    def write(content, name="events.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def lines(*records):
    return "".join(json.dumps(each) + "\n" for each in records)


def looked_up(*records, **more):
    events = [{"EventId": each["eventID"], "CloudTrailEvent": json.dumps(each)} for each in records]
    return {"Events": events, **more}


def records_of(path):
    """Return the readable records, and how many places could not be read."""
    values = [value for _, value in read_records(path)]
    readable = [value for value in values if not isinstance(value, UnreadableRecord)]
    return readable, len(values) - len(readable)


SHAPES = {
    "lines": lines(*ABC),
    "lines without an end": lines(*ABC).rstrip(),
    "blank lines between": "\n".join(lines(each) for each in ABC),
    "windows lines": lines(*ABC).replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + lines(*ABC),
    "array": json.dumps(ABC),
    "array on many lines": json.dumps(ABC, indent=2),
    "array with a record a line": "[" + ",\n".join(json.dumps(each) for each in ABC) + "]\n",
    "log file": json.dumps({"Records": ABC}),
    "log file on many lines": json.dumps({"Records": ABC}, indent=4),
    "log files one a line": lines({"Records": [A, B]}, {"Records": [C]}),
    "log files one after the other": json.dumps({"Records": [A]}) + json.dumps({"Records": [B, C]}),
    "records one after the other": "".join(json.dumps(each) for each in ABC),
    "records on many lines each": "\n".join(json.dumps(each, indent=2) for each in ABC),
    "what LookupEvents prints": json.dumps(looked_up(*ABC), indent=4),
    "LookupEvents with a token": json.dumps(looked_up(*ABC, NextToken="abc"), indent=4),
    "LookupEvents, token first": json.dumps({"NextToken": "abc", **looked_up(*ABC)}, indent=4),
    "LookupEvents a page a line": lines(looked_up(A), looked_up(B, C)),
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize(
    "pack", [str.encode, lambda text: gzip.compress(text.encode())], ids=["plain", "gzip"]
)
def test_every_shape_gives_the_same_records(write, content, pack):
    assert records_of(write(pack(content))) == (ABC, 0)


def test_eventbridge_events_come_in_their_envelope(write):
    events = [envelope(each) for each in ABC]

    assert records_of(write(lines(*events))) == (events, 0)


def test_gzip_files_joined_to_one_and_padded_are_read_to_the_end(write):
    packed = b"".join(gzip.compress(lines(each).encode()) for each in ABC)

    assert records_of(write(packed + b"\0" * 512)) == (ABC, 0)


@pytest.mark.parametrize("zeros", [1 << 16, (1 << 17) + 1])
def test_padding_longer_than_what_is_read_at_once_begins_no_other_gzip_file(write, zeros):
    first, last = (gzip.compress(lines(each).encode()) for each in (A, B))

    assert records_of(write(first + b"\0" * zeros)) == ([A], 0)
    assert records_of(write(first + b"\0" * zeros + last)) == ([A, B], 0)


@pytest.mark.parametrize("content", ["", "\n\n", "[]", '{"Records": []}', '{"Records":[\n]}'])
def test_a_file_without_records_gives_none(write, content):
    assert records_of(write(content)) == ([], 0)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(read_records(tmp_path / "missing.json"))


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_standard_input_is_read_like_a_file(monkeypatch, pack):
    content = pack(lines(*ABC).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    assert records_of(Path("-")) == (ABC, 0)


def test_a_broken_line_is_named_and_costs_no_neighbour(write):
    path = write(lines(A) + '{"eventName": oops}\n' + lines(C))

    first, broken, last = read_records(path)

    assert first == (Position(path, 1), A)
    assert last == (Position(path, 3), C)
    position, error = broken
    assert str(position) == f"{path}:2"
    assert error == UnreadableRecord("no JSON: Expecting value (line 2, column 15)")


@pytest.mark.parametrize("cut", range(1, 400, 3))
def test_a_line_that_is_cut_off_anywhere_costs_no_neighbour(write, cut):
    broken = json.dumps(B)[:-cut]

    readable, _ = records_of(write(lines(A) + broken + "\n" + lines(C)))

    assert A in readable
    assert C in readable


def test_a_broken_record_in_an_array_costs_no_neighbour(write):
    broken = json.dumps(B).replace('"eventName": "B"', '"eventName": B')

    content = f"[{json.dumps(A)}, {broken}, {json.dumps(C)}]"

    assert records_of(write(content)) == ([A, C], 1)


def test_a_broken_record_on_many_lines_is_named_by_its_line(write):
    broken = json.dumps(B, indent=2).replace('"eventName": "B"', '"eventName": B')
    content = json.dumps(A, indent=2) + "\n" + broken + "\n" + json.dumps(C, indent=2)

    path = write(content)

    assert records_of(path) == ([A, C], 1)
    [(position, error)] = [
        each for each in read_records(path) if isinstance(each[1], UnreadableRecord)
    ]
    begins = json.dumps(A, indent=2).count("\n") + 2
    assert position.line == begins
    assert f"(line {begins + broken[: broken.index(': B')].count(chr(10))}, column" in error.problem


def test_what_is_inside_a_broken_record_is_no_record(write):
    resources = [{"ARN": "a", "detail-type": "x"}, {"ARN": "b", "type": "y"}]
    broken = json.dumps({**B, "resources": resources}).replace('"eventName": "B"', '"eventName": B')

    content = json.dumps({"Records": [A]})[:-2] + f",{broken},{json.dumps(C)}]}}"

    assert records_of(write(content)) == ([A, C], 1)


@pytest.mark.parametrize("cut", [1, 2, 3, 20, 500])
def test_a_log_file_that_ends_too_early_gives_what_it_has_and_says_so(write, cut):
    content = json.dumps({"Records": ABC})

    readable, unreadable = records_of(write(content[:-cut]))

    assert readable[:2] == [A, B]
    assert unreadable == (0 if cut == 1 else 1)


def test_a_gzip_file_that_ends_too_early_gives_what_it_has_and_says_so(write):
    many = [record(f"Event{n}") for n in range(500)]
    packed = gzip.compress(lines(*many).encode())
    path = write(packed[: len(packed) // 2], "log.json.gz")

    values = [value for _, value in read_records(path)]

    assert values[:100] == many[:100]
    assert values[-1] == UnreadableRecord("the gzip data ends too early")


@pytest.mark.parametrize(
    "shape", [lines(*ABC), json.dumps({"Records": ABC}, indent=1)], ids=["lines", "log file"]
)
def test_a_gzip_file_with_a_wrong_checksum_gives_its_records_and_says_so(write, shape):
    packed = bytearray(gzip.compress(shape.encode()))
    packed[-8] ^= 0xFF

    readable, unreadable = records_of(write(bytes(packed)))

    assert readable == ABC
    assert unreadable == 1


def test_a_file_that_is_gzip_only_by_its_first_bytes_is_unreadable(write):
    assert records_of(write(b"\x1f\x8b and nothing more")) == ([], 1)


@pytest.mark.parametrize(
    "content", ["hello", "<xml/>", "\x00\x01\x02", '"unended', "{", "[", "nul"]
)
def test_what_is_no_json_is_said_once(write, content):
    assert records_of(write(content)) == ([], 1)


def test_json_that_is_no_record_is_left_to_the_reader_to_refuse(write):
    assert records_of(write("3\nnull\n" + lines(A))) == ([3, None, A], 0)


def test_a_record_nested_beyond_all_measure_costs_no_neighbour(write):
    deep = '{"a":' * 200_000 + "1" + "}" * 200_000

    readable, unreadable = records_of(write(lines(A) + deep + "\n" + lines(C)))

    assert (readable, unreadable) == ([A, C], 1)


def test_a_number_beyond_all_measure_costs_no_neighbour(write):
    huge = '{"eventName": ' + "9" * 5_000 + "}"

    assert records_of(write(lines(A) + huge + "\n" + lines(C))) == ([A, C], 1)


def test_text_inside_lookup_events_that_is_no_json_is_named(write):
    page = looked_up(A, B)
    page["Events"][0]["CloudTrailEvent"] = "{"

    values = [value for _, value in read_records(write(json.dumps(page)))]

    assert values[0].problem.startswith("CloudTrailEvent: no JSON: ")
    assert values[1] == B


def test_bytes_that_are_no_text_cost_no_neighbour(write):
    readable, _ = records_of(write(lines(A).encode() + b"\xff\xfe\n" + lines(C).encode()))

    assert readable == [A, C]


def test_json_lines_are_read_as_they_come(monkeypatch):
    class Endless(io.RawIOBase):
        text = itertools.cycle(lines(A).encode())

        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = bytes(itertools.islice(self.text, len(buffer)))
            return len(buffer)

    class Stdin:
        buffer = Endless()

    monkeypatch.setattr(sys, "stdin", Stdin)
    path = Path("-")

    _, first = next(read_records(path))

    assert first == A


@given(st.text(st.sampled_from('{}[]",: \n\\aR1'), max_size=60))
def test_no_text_makes_the_reader_crash(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "events.json"
    path.write_text(text)

    for position, _ in read_records(path):
        assert 1 <= position.line <= text.count("\n") + 1
