"""A formula as text in, an exact number out: what quantity models compute with.

Numbers, names, `+ - * / // % **`, comparisons, `a if b else c` and a few functions. Everything is exact (fractions), so
that a result is never right or wrong by a rounding error of the machine; logarithms and roots are as exact as floating
point. A formula that cannot be read, or names what nobody gave, raises `InputError`.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache

from tutor.errors import InputError

Values = Mapping[str, Fraction]
_Formula = Callable[[Values], Fraction]

_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: lambda a, b: Fraction(a // b),
    ast.Mod: operator.mod,
    ast.Pow: lambda a, b: Fraction(a**b),
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "ceil": lambda a: Fraction(math.ceil(a)),
    "floor": lambda a: Fraction(math.floor(a)),
    "round": lambda a: Fraction(math.floor(a + Fraction(1, 2))),
    "ln": lambda a: Fraction(math.log(a)),
    "sqrt": lambda a: Fraction(math.sqrt(a)),
}
_SLOT = re.compile(r"\{(\w+)(?::(\d))?\}")


@cache
def formula(text: str) -> _Formula:
    """Read a formula once; it can then be worked out for any values."""
    try:
        return _compiled(ast.parse(text.strip(), mode="eval").body, text)
    except SyntaxError as error:
        raise InputError(f"{text!r} is no formula: {error.msg}.") from error


def names_in(text: str) -> frozenset[str]:
    """The names that a formula uses."""
    return frozenset(node.id for node in ast.walk(ast.parse(text.strip(), mode="eval")) if isinstance(node, ast.Name))


def slots_in(text: str) -> frozenset[str]:
    """The names that a text has a place for."""
    return frozenset(slot[1] for slot in _SLOT.finditer(text))


def work_out(text: str, values: Values) -> Fraction:
    """The value of a formula."""
    return formula(text)(values)


def filled(text: str, values: Values) -> str:
    """A text with its `{name}` and `{name:2}` (two decimals) put in."""
    return _SLOT.sub(lambda slot: spoken(_value(slot[1], values, text), slot[2] and int(slot[2])), text)


def rounded_in(text: str, values: Values) -> list[str]:
    """The names whose values a text would show rounded: nobody can compute with what is hidden."""
    shown = {slot: spoken(_value(slot[1], values, text), slot[2] and int(slot[2])) for slot in _SLOT.finditer(text)}
    return [slot[1] for slot, told in shown.items() if Fraction(told.replace(",", "")) != values[slot[1]]]


def spoken(value: Fraction, decimals: int | str | None = None) -> str:
    """A number as people write it: thousands parted, halves rounded up, no idle zeros unless decimals are asked for."""
    if decimals is None or decimals == "":
        exact = next((places for places in range(4) if (value * 10**places).denominator == 1), 3)
        return spoken(value, exact)
    with localcontext() as context:
        context.prec = 60
        number = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{number.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP):,}"


def _value(name: str, values: Values, text: str) -> Fraction:
    if name not in values:
        raise InputError(f"{text!r} needs a value for {name!r}. Add it to parameters or derived.")
    return values[name]


def _compiled(node: ast.expr, text: str) -> _Formula:
    match node:
        case ast.Constant(value=int() | float() as number):
            constant = Fraction(str(number))
            return lambda _: constant
        case ast.Name(id=name):
            return lambda values: _value(name, values, text)
        case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
            operate, a, b = _OPERATORS[type(op)], _compiled(left, text), _compiled(right, text)
            return lambda values: operate(a(values), b(values))
        case ast.UnaryOp(ast.USub(), operand):
            positive = _compiled(operand, text)
            return lambda values: -positive(values)
        case ast.Compare(left, [op], [right]) if type(op) in _COMPARISONS:
            holds, a, b = _COMPARISONS[type(op)], _compiled(left, text), _compiled(right, text)
            return lambda values: Fraction(holds(a(values), b(values)))
        case ast.IfExp(test, body, orelse):
            condition, yes, no = _compiled(test, text), _compiled(body, text), _compiled(orelse, text)
            return lambda values: yes(values) if condition(values) else no(values)
        case ast.Call(ast.Name(id=name), arguments, []) if name in _FUNCTIONS:
            call, inner = _FUNCTIONS[name], [_compiled(argument, text) for argument in arguments]
            return lambda values: call(*(one(values) for one in inner))
    raise InputError(f"{text!r}: {ast.unparse(node)!r} is nothing that a formula may hold.")
