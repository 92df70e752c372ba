"""A record behaves as a frozen dataclass does."""

import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace

import pytest

from stagekit.model.record import record, record_in_order


@record
class Base:
    id: str
    tags: tuple[str, ...] = ()


@record
class Part(Base):
    type: str
    inner: dict = field(default_factory=dict)


def test_fields_are_given_by_name_and_have_their_defaults():
    part = Part(id="a", type="x")
    assert (part.id, part.tags, part.type, part.inner) == ("a", (), "x", {})
    assert [f.name for f in fields(Part)] == ["id", "tags", "type", "inner"]
    assert is_dataclass(part)
    assert Part(id="a", type="x").inner is not part.inner


@pytest.mark.parametrize("values", [{}, {"id": "a"}, {"id": "a", "type": "x", "other": 1}])
def test_what_lacks_a_field_or_has_one_too_many_is_refused(values):
    with pytest.raises(TypeError, match=r"type|other"):
        Part(**values)


def test_positions_are_refused():
    with pytest.raises(TypeError):
        Base("a")


@record_in_order
class Ordered:
    name: str
    lines: tuple[str, ...] = ()


def test_fields_of_an_ordered_record_are_given_by_place_or_by_name():
    assert Ordered("a", ("x",)) == Ordered("a", lines=("x",)) == Ordered(lines=("x",), name="a")
    assert Ordered("a").lines == ()
    match Ordered("a", ("x",)):
        case Ordered(name, lines):
            assert (name, lines) == ("a", ("x",))


@record_in_order
class Answer:
    id: str
    text: str = field(repr=False)
    read: int = field(default=0, compare=False)
    shown: Callable[[str], str] = field(default=lambda text: text.upper(), repr=False)


def test_what_is_not_to_be_shown_or_compared_is_not():
    assert repr(Answer("a", "private")) == "Answer(id='a', read=0)"
    assert Answer("a", "b", 1) == Answer("a", "b", 2) != Answer("a", "c", 1)
    assert hash(Answer("a", "b", 1)) == hash(Answer("a", "b", 2))


def test_a_function_is_a_default_and_no_method():
    assert Answer("a", "b").shown("c") == "C"


@pytest.mark.parametrize(("given", "named"), [((), {}), (("a", (), 1), {}), (("a",), {"name": "b"})])
def test_an_ordered_record_refuses_too_few_too_many_and_the_same_twice(given, named):
    with pytest.raises(TypeError):
        Ordered(*given, **named)


def test_nothing_changes_but_in_a_copy():
    part = Part(id="a", type="x")
    with pytest.raises(FrozenInstanceError):
        part.id = "b"
    with pytest.raises(FrozenInstanceError):
        del part.type
    assert replace(part, id="b") == Part(id="b", type="x") != part


def test_equal_values_of_the_same_class_are_equal():
    assert Base(id="a") == Base(id="a", tags=())
    assert Base(id="a") != Base(id="b")
    assert Base(id="a") != ("a", ())
    assert hash(Base(id="a", tags=("t",))) == hash(Base(id="a", tags=("t",)))
    assert repr(Base(id="a")) == "Base(id='a', tags=())"


def test_it_survives_a_process_of_its_own():
    assert pickle.loads(pickle.dumps(Part(id="a", type="x"))) == Part(id="a", type="x")
