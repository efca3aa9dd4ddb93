"""The cutting of a document into entries, by indentation.

A block collection is cut where its keys or dashes begin; a piece goes to ruamel.yaml as soon as it is small, or cannot
be cut further. A piece that does not parse is cut down to the line at fault, which is reported and costs no more than
itself; what surrounds it is read on.
"""

from functools import cached_property

from scone_ls.syntax import bodies, green, limits, lines, pieces, plain, recovery
from scone_ls.syntax.blocks import collection, header_pair, moved, plain_fault, without_explicit_values
from scone_ls.syntax.compose import Composed, Problem, compose
from scone_ls.syntax.faults import Fault
from scone_ls.syntax.mended import Mended
from scone_ls.syntax.pieces import Level
from scone_ls.syntax.surroundings import Around, Ground, end_behind, place
from scone_ls.syntax.trials import AgainError, Done, end_of_trial

_CUT_DEPTH = 50
_MENDED_LINES = 40  # So many places of a document are mended in thought; more are only reported.
_TRIED_LINES = 6  # So many more are, to see where a first one leads.
_FORESIGHT = 3  # So often the ways to read a broken text are compared …
_FORESIGHT_SIZE = 60_000  # … if it has no more code points than this.
_REACH = 65_536  # So many code points behind a broken entry are looked at, …
_SHORT_REACH = 1_000  # … or so many where it is only reported.
_EXTENSION_LIMIT = 65_536  # So far behind an open quote or bracket its partner is looked for.
_KEY_LENGTH = 1000  # A longer key is no simple one to YAML.

Kept = dict[int, green.Entry]


class Cut:
    """The cutting of one document; its state is what has been mended in thought so far.

    `kept` are entries of an earlier version by the offset at which they stand now.
    """

    def __init__(self, text: str, start: int, end: int, kept: Kept) -> None:
        self.mended = Mended(text)
        self._as_written = text
        self.start = start
        self.end = end
        self.kept = kept
        self.settled = True
        self._mends = True
        self._may_cut = True
        self._foresight = 0
        self._done = Done()
        self._explicit = lines.has_explicit_key(text, start, end)

    @cached_property
    def _unit(self) -> int:
        return limits.indent_unit(self._as_written, self.start, self.end)

    @property
    def text(self) -> str:
        """The text as it is read by now."""
        return self.mended.text

    def document(self, *, may_cut: bool, foresight: int = _FORESIGHT) -> green.Entry:
        """Return the document as one entry.

        `may_cut` tells that its lines mean what they seem to; `foresight` says how often ways to read on are compared.
        """
        self._may_cut = may_cut
        self._foresight = foresight
        for _ in range(_MENDED_LINES if foresight else _TRIED_LINES):
            try:
                return self._document()
            except AgainError as again:
                several = len(again.choices) > 1
                choice = self._best(again.choices) if several else again.choices[0]
                self._done.forget(self.text, choice)
                self.mended.apply(choice)
                self.settled = False
        self._mends = False
        return self._document()

    def _best(self, choices: tuple[recovery.Reindent | recovery.Replace, ...]) -> recovery.Reindent | recovery.Replace:
        """Return the way to read the text that leaves the fewest faults, and then asks one to believe the least."""
        if self._foresight == 0 or self.end - self.start > _FORESIGHT_SIZE:
            return choices[0]
        self._foresight -= 1

        end = end_of_trial(self.text, max(choice.fault.end for choice in choices), self.end)

        def cost(choice: recovery.Reindent | recovery.Replace) -> tuple[int, tuple[int, int]]:
            trial = Cut(self.mended.text, self.start, end, self.kept)
            trial.mended = self.mended.copy()
            trial._done = self._done.copied()
            trial._done.forget(trial.text, choice)
            trial.mended.apply(choice)
            entry = trial.document(may_cut=self._may_cut, foresight=0)
            return len(trial.mended.faults) + len(green.faults_in(entry, 0)), choice.cost

        return min(choices, key=cost)

    def _document(self) -> green.Entry:
        length = self.end - self.start
        first = lines.first_content(self.text, self.start, self.end)
        if first is None and self._may_cut:
            return green.Entry(length, -1, None)
        if first is not None and self._may_cut and lines.shape_at(self.text, first[1]).starts_entry:
            return self._root(first)
        composed = compose(self.text[self.start : self.end], 0)
        if isinstance(composed, Composed):
            return green.Entry(length, -1, composed.node, names=composed.names)
        if first is not None:
            content = lines.content_lines(self.text, self.start, self.end)
            if any(lines.shape_at(self.text, begin).starts_entry for _, begin in content):
                entry = self._root(first if self._may_cut else lines.after_marker(self.text, content))
                if not entry.sound or self.mended.faults:
                    return entry
        begin = min(composed.offset, max(0, length - 1))
        fault = self._whole_fault(composed, first)
        return green.Entry(length, -1, None, (fault or plain_fault(composed, begin, length),), bound=True)

    def _whole_fault(self, problem: Problem, first: tuple[int, int] | None) -> Fault | None:
        if first is None:
            return None
        level = Level(first[1] - first[0], is_sequence=False)
        explanations = recovery.explain(self._place(first[0], self.end, Around((level,), None), problem))
        return explanations[0].fault.moved(-self.start)

    def _root(self, first: tuple[int, int]) -> green.Entry:
        line, content = first
        corrected = self.mended.columns.get(line)
        begin = line if corrected is None else content
        column = content - line if corrected is None else corrected
        node, _ = self.region(begin, self.end, column, self.start, None)
        return green.Entry(self.end - self.start, -1, node)

    def region(
        self, first: int, end: int, column: int, origin: int, outer: tuple[int, Around] | None
    ) -> tuple[green.Mapping | green.Sequence, int]:
        """Cut a block collection; return it, relative to `origin`, and where it really ended.

        `first` is the start of its first line, or of its first character where that stands behind a dash or was moved.
        """
        content = lines.content_start(self.text, first, end)
        is_sequence = lines.DASH.match(self.text, content) is not None
        levels = (*(outer[1].levels if outer else ()), Level(column, is_sequence))
        entries = self.entries(first, end, levels, outer)
        reached = first + sum(entry.length for entry in entries)
        kept = green.Entries(first - origin, tuple(entries))
        return collection(kept, content - origin, is_sequence=is_sequence), max(reached, end)

    def entries(
        self, first: int, end: int, levels: tuple[Level, ...], outer: tuple[int, Around] | None
    ) -> list[green.Entry]:
        """Return the entries of the innermost collection between two offsets."""
        starts = self._starts(first, end, levels[-1])
        run = {} if self.mended.columns else self._run(starts, end, levels[-1])
        if len(run) == len(starts):
            return [run[start] for start in starts]
        entries: list[green.Entry] = []
        previous: tuple[int, green.Entry] | None = None
        position = first
        for start, finish in zip(starts, [*starts[1:], end], strict=True):
            if start < position:
                continue  # An entry before took this line in: its quote or bracket was closed behind it.
            entry = run.get(start) or self._entry(start, finish, Around(levels, previous, outer))
            if entry.length > finish - start:
                entry = self._overrun(start, entry, [*starts, end], Around(levels, previous, outer))
            position = start + entry.length
            entries.append(entry)
            previous = (start, entry)
        return entries

    def _overrun(self, start: int, entry: green.Entry, bounds: list[int], around: Around) -> green.Entry:
        """Read an entry again that reaches behind its end: lines behind what was closed there may go on with it."""
        while True:
            reached = start + entry.length
            finish = next((bound for bound in bounds if bound >= reached), reached)
            if lines.first_content(self.text, reached, finish) is None:
                entry.length = finish - start
                return entry
            entry = self._entry(start, finish, around)
            if entry.length <= reached - start:
                return entry
            if start + entry.length == finish:
                return entry

    def _run(self, starts: list[int], end: int, level: Level) -> dict[int, green.Entry]:
        """Return the entries that are read without a look at each other: plain ones, and small ones in one go."""
        done = self._done.of(level)
        found: dict[int, green.Entry] = {}
        left_out = set(self.kept)
        if done or self.mended.is_changed:
            for start, finish in zip(starts, [*starts[1:], end], strict=True):
                if self.mended.touches(start, finish):
                    left_out.add(start)
                elif start in done and start not in left_out and done[start].length == finish - start:
                    found[start] = done[start]
        for read in (plain.entries, pieces.run):
            fresh = read(self.text, starts, end, level, left_out | found.keys())
            done.update(fresh)
            found |= fresh
        return found

    def _starts(self, first: int, end: int, level: Level) -> list[int]:
        """Return where the entries of a collection begin; `first` always begins one."""
        pattern = lines.starts_at(level.column) if level.is_sequence else lines.pair_starts_at(level.column)
        starts = [first, *(match.start() + 1 for match in pattern.finditer(self.text, first, end))]
        if self._explicit and not level.is_sequence:
            starts = without_explicit_values(self.text, starts)
        if self.mended.columns:
            starts = sorted({*starts} - self.mended.columns.keys() | self.mended.starts(level, first, end) | {first})
        return starts

    def _entry(self, start: int, end: int, around: Around) -> green.Entry:
        if self.mended.moves_inside(start, end):
            return self._read_mended(start, end, around)
        done = self._done.of(around.level)
        found = done.get(start)
        if found is None or found.length != end - start:
            found = self._kept_entry(start, end, around.level)
        if found is None:
            found = self._read(start, end, around)
            if found.sound:
                done[start] = found
        return found

    def _kept_entry(self, start: int, end: int, level: Level) -> green.Entry | None:
        entry = self.kept.get(start)
        if entry is None or (entry.length, entry.column, entry.is_item) != (end - start, *level):
            return None
        return entry

    def _read(self, start: int, end: int, around: Around) -> green.Entry:
        """Read an entry as it stands: in one piece if it is small, cut if it can be cut."""
        is_small = pieces.is_small(self.text[start:end])
        if is_small:
            whole = self._whole(start, end, around.level, explain=False)
            if isinstance(whole, green.Entry):
                return whole
        branch = self._branch(start, end, around, is_strict=not is_small)
        if branch is not None:
            return branch
        whole = self._whole(start, end, around.level)
        if isinstance(whole, green.Entry):
            return whole
        extended = self._extended(start, end, around.levels, whole) if whole.is_open else None
        if extended is not None:
            return extended
        branch = None if is_small else self._branch(start, end, around, is_strict=False)
        return branch or self._explained(start, end, around, whole)

    def _read_mended(self, start: int, end: int, around: Around) -> green.Entry:
        """Read an entry with lines in it that count as standing elsewhere; it must be cut down to them."""
        branch = self._branch(start, end, around, is_strict=False)
        if branch is not None:
            return branch
        whole = self._whole(start, end, around.level)
        return whole if isinstance(whole, green.Entry) else self._explained(start, end, around, whole)

    def _whole(self, start: int, end: int, level: Level, *, explain: bool = True) -> green.Entry | Problem:
        return pieces.whole(self.text, start, end, level, bound=self.mended.touches(start, end), explain=explain)

    def _extended(self, start: int, end: int, levels: tuple[Level, ...], problem: Problem) -> green.Entry | None:
        """Read an entry whose quote or bracket is closed behind its last line, at a lower indentation.

        YAML forbids that; ruamel.yaml accepts it, and it is the authority.
        """
        self.settled = False
        level = levels[-1]
        while problem.is_open and problem.context is not None and start + problem.context < end:
            closing = limits.closing(self.text, start + problem.context, min(self.end, end + _EXTENSION_LIMIT))
            if closing is None or closing < end:
                return None
            end = end_behind(self.text, self.end, closing, levels)
            whole = self._whole(start, end, level)
            if isinstance(whole, green.Entry):
                return green.Entry(whole.length, level.column, whole.child, names=whole.names, bound=True)
            problem = whole
        return None

    def _branch(self, start: int, end: int, around: Around, *, is_strict: bool) -> green.Entry | None:
        """Cut the value of an entry, if it is a block collection that can be told by its lines."""
        if len(around.levels) > _CUT_DEPTH:
            return None
        level = around.level
        content = lines.content_start(self.text, start, self.end)
        header = None if level.is_sequence else lines.HEADER.match(self.text, content)
        if level.is_sequence:
            found = bodies.item_body(self.text, self.mended.columns, content, end, level, is_strict=is_strict)
        elif header is not None and header.end(1) - content <= _KEY_LENGTH:
            found = bodies.body(self.text, self.mended.columns, header.end(), end, level, is_strict=is_strict)
        else:
            found = None
        if found is None:
            return None
        first, column = found
        node, reached = self.region(first, end, column, start, (start, around))
        length = max(reached, end) - start
        bound = self.mended.touches(start, first)
        if header is None:
            return green.Entry(length, level.column, green.Item(content - start, node), bound=bound)
        pair = header_pair(self.text, header, start, node)
        return green.Entry(length, level.column, pair, names=header.group(2) is not None, bound=bound)

    def _place(self, start: int, end: int, around: Around, problem: Problem) -> recovery.Place:
        reach = _REACH if self._mends else _SHORT_REACH
        ground = Ground(self.text, self.end, reach, self._unit, self.mended.columns)
        return place(ground, start, end, around, problem)

    def _explained(self, start: int, end: int, around: Around, problem: Problem) -> green.Entry:
        """Read on after an entry that did not parse."""
        broken = self._place(start, end, around, problem)
        explanations = recovery.explain(broken)
        choices = tuple(
            choice
            for choice in explanations
            if not isinstance(choice, recovery.Lost) and self.mended.would_change(choice)
        )
        if choices and self._mends:
            raise AgainError(choices)
        lost = explanations[0]
        if isinstance(lost, recovery.Lost):
            return self._lost(broken, around, lost)
        return green.Entry(end - start, around.level.column, None, (lost.fault.moved(-start),), bound=True)

    def _lost(self, place: recovery.Place, around: Around, lost: recovery.Lost) -> green.Entry:
        """Keep of a broken entry what is known: its key, and the lines below it as its value."""
        start, level = place.start, place.level
        child = lost.child
        fault = lost.fault.moved(-start)
        column = level.column
        below = lines.first_content(self.text, lines.next_line(self.text, place.content), place.end)
        if below is not None:
            self.settled = False
        if isinstance(child, green.Pair):
            node: green.Node = moved(child.value, -start)
            if below is not None and lost.body and lines.shape_at(self.text, below[1]).starts_entry:
                indent = self.mended.columns.get(below[0], below[1] - below[0])
                begin = below[1] if below[0] in self.mended.columns else below[0]
                if indent >= column:
                    node, _ = self.region(begin, place.end, indent, start, (start, around))
            key = child.key
            pair = green.Pair(moved(key, -start), child.colon - start if child.colon >= 0 else -1, node)
            return green.Entry(place.end - start, column, pair, (fault,))
        if isinstance(child, green.Item):
            item = green.Item(child.dash - start, moved(child.value, -start))
            return green.Entry(place.end - start, column, item, (fault,))
        return green.Entry(place.end - start, column, None, (fault,))
