"""What Rasa sees of a conversation: a tracker made of its state alone. Never what a person wrote before."""

from __future__ import annotations

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from jalon.conversation.state import State


class StateTrackerStore(TrackerStore):
    """Hands trackers to Rasa that hold the state and nothing else, and takes the state out of them again.

    It keeps nothing beyond a turn: the engine puts the state in before and takes it out after.
    """

    def __init__(self, domain: Domain | None = None) -> None:
        super().__init__(domain or Domain.empty(), None)
        self._states: dict[str, State] = {}

    def put(self, turn: str, state: State) -> None:
        """Make the state ready for a turn; Rasa knows the turn by a name that is used once."""
        self._states[turn] = state

    def take(self, turn: str) -> State:
        """The state after the turn; it is forgotten here."""
        return self._states.pop(turn, State())

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep slots and form; the events of the turn, with the person's words, are dropped."""
        state = self._states.setdefault(tracker.sender_id, State())
        slots = tracker.current_slot_values()
        state.slots = {
            name: slots[name]
            for name in slots
            if slots[name] is not None and (name not in DEFAULT_SLOT_NAMES or name == REQUESTED_SLOT)
        }
        state.loop = tracker.active_loop_name

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker in that state, waiting for a message; an empty one for an unknown turn."""
        state = self._states.get(sender_id, State())
        known = {slot.name for slot in self.domain.slots}
        events: list[Event] = [SlotSet(name, value) for name, value in state.slots.items() if name in known]
        if state.loop:
            events.append(ActiveLoop(state.loop))
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """The turns of this moment."""
        return list(self._states)
