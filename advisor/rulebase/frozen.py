"""`dataclass`, made quickly: the same frozen classes for a tenth of the start-up time.

The standard decorator writes and compiles six methods for each class, which for the classes of
the pipeline costs more than everything else a warm start does. Here the methods are shared and
look the fields up. Type checkers see the standard decorator; `dataclasses.replace`, `fields`
and `asdict` work, from a twin that the standard decorator makes when they first ask for it.
Only what the pipeline needs is here: no inheritance, `frozen=True` always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - this is what it stands for
else:
    from dataclasses import MISSING, Field, FrozenInstanceError
    from dataclasses import dataclass as standard

    def dataclass(*, frozen):
        """Make a class a frozen dataclass; the only form is `@dataclass(frozen=True)`."""
        assert frozen  # noqa: S101 - a slip of ours, not an input
        return _made

    def _made(cls):
        names = tuple(cls.__dict__.get("__annotations__", ()))
        cls._names = cls.__match_args__ = names
        cls._defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        for name, default in cls._defaults.items():
            if isinstance(default, Field):
                delattr(cls, name)
        cls.__dataclass_fields__ = _Fields()
        for method in (__init__, __eq__, __hash__, __repr__, __setattr__, __delattr__):
            setattr(cls, method.__name__, method)
        if hasattr(cls, "__post_init__"):
            cls.__init__ = _checking
        return cls

    def __init__(self, *values, **named):
        self.__dict__.update(zip(self._names, values))  # noqa: B905 - `_fill` counts them
        if named or len(values) != len(self._names):
            _fill(self, len(values), named)

    def _checking(self, *values, **named):
        __init__(self, *values, **named)
        self.__post_init__()

    def _fill(self, given, named):
        """Take the fields that were not given in order from their names or their defaults."""
        own, defaults = self.__dict__, self._defaults
        for name in self._names[given:]:
            if name in named:
                own[name] = named.pop(name)
            elif name not in defaults:
                raise TypeError(f"{type(self).__name__} needs {name}")
            elif isinstance(default := defaults[name], Field):
                factory = default.default_factory
                own[name] = default.default if factory is MISSING else factory()
            else:
                own[name] = default
        if named or given > len(self._names):
            raise TypeError(f"{type(self).__name__} has no {', '.join(named) or 'more fields'}")

    def _values(self):
        own = self.__dict__
        return tuple([own[name] for name in self._names])

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self):
        return hash((type(self).__name__, _values(self)))

    def __repr__(self):
        pairs = zip(self._names, _values(self), strict=True)
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in pairs)})"

    def __setattr__(self, name, _):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    class _Fields:
        """What the standard library keeps of a dataclass, made when it is first asked for."""

        def __get__(self, instance, owner):
            space = {"__annotations__": dict.fromkeys(owner._names, object), **owner._defaults}
            fields = standard(type(owner.__name__, (), space)).__dataclass_fields__
            owner.__dataclass_fields__ = fields
            return fields
