from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from jalon.privacy.identity import Identities

WORDS = st.text(max_size=12)


def test_the_same_user_has_the_same_name_and_nobody_else_has():
    names = Identities("pepper")
    users = [("whatsapp", "32499"), ("messenger", "32499"), ("whatsapp", "32498")]
    found = {names.conversation(*user) for user in users}
    assert len(found) == 3
    assert names.conversation("whatsapp", "32499") in found
    assert Identities("other").conversation("whatsapp", "32499") not in found
    assert names.receipt("whatsapp", "32499") not in found


@given(WORDS, WORDS, WORDS, WORDS)
def test_no_two_pairs_share_a_name(channel, user, other_channel, other_user):
    names = Identities("pepper")
    same = (channel, user) == (other_channel, other_user)
    assert (names.conversation(channel, user) == names.conversation(other_channel, other_user)) == same


@given(WORDS)
def test_a_name_is_32_letters_that_any_address_may_hold(user):
    assert re.fullmatch("[a-z2-7]{32}", Identities("pepper").conversation("web", user))
