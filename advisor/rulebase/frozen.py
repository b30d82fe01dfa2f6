"""`dataclass`, made quickly: the same frozen classes for a tenth of the start-up time.

The standard decorator writes and compiles six methods for each class, which for the classes of
the pipeline costs more than everything else a warm start does. Here the methods are shared and
look the fields up, and the standard module, which takes its time to import, is not needed. Type
checkers see the standard decorator; `dataclasses.replace`, `fields`
and `asdict` work, from a twin that the standard decorator makes when they first ask for it.
Only what the pipeline needs is here: no inheritance, `frozen=True` always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # This is what they stand for.
    from dataclasses import dataclass as dataclass  # noqa: PLC0414
    from dataclasses import field as field  # noqa: PLC0414
    from dataclasses import replace as replace  # noqa: PLC0414
else:

    class _Field:
        """A default that is made anew for each object."""

        def __init__(self, factory):
            self.factory = factory

    def field(*, default_factory):
        """Say how a field's default is made."""
        return _Field(default_factory)

    def replace(thing, **changes):
        """A copy of a thing with some fields changed, and nothing that it has worked out."""
        own = thing.__dict__
        return type(thing)(**{name: own[name] for name in thing._names} | changes)

    def dataclass(*, frozen):
        """Make a class a frozen dataclass; the only form is `@dataclass(frozen=True)`."""
        assert frozen  # noqa: S101 - a slip of ours, not an input
        return _made

    def _made(cls):
        names = tuple(cls.__dict__.get("__annotations__", ()))
        cls._names = cls.__match_args__ = names
        cls._defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        for name, default in cls._defaults.items():
            if isinstance(default, _Field):
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
            else:
                default = defaults[name]
                own[name] = default.factory() if isinstance(default, _Field) else default
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
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    class _Fields:
        """What the standard library keeps of a dataclass, made when it is first asked for."""

        def __get__(self, instance, owner):
            import dataclasses

            space = {"__annotations__": dict.fromkeys(owner._names, object)}
            for name, default in owner._defaults.items():
                made = isinstance(default, _Field)
                space[name] = (
                    dataclasses.field(default_factory=default.factory) if made else default
                )
            twin = dataclasses.dataclass(type(owner.__name__, (), space))
            fields = twin.__dataclass_fields__
            owner.__dataclass_fields__ = fields
            return fields
