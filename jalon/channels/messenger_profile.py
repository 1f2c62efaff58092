"""What Messenger shows before and beside a conversation: greeting, first questions, menu, in every live language.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/messenger-profile-api
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import yaml
from pydantic import BaseModel, ConfigDict

from jalon.channels.graph import STOP, Graph, NotSent
from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE, live_languages
from jalon.phrases import payload, read_buttons, read_phrases
from jalon.settings import MetaSettings, SettingError, Settings

START = "start"  # the payload of the button that opens a conversation
# The countries whose forms of a language Messenger knows, where the code is not doubled (fr → fr_FR).
_LOCALES = {
    "en": "en_US", "ar": "ar_AR", "fa": "fa_IR", "ps": "ps_AF", "so": "so_SO", "sq": "sq_AL", "uk": "uk_UA",
    "ti": "", "am": "am_ET", "sw": "sw_KE", "ku": "ku_TR", "ur": "ur_PK", "hy": "hy_AM", "ka": "ka_GE", "zh": "zh_CN",
    "bn": "bn_IN", "cs": "cs_CZ", "sr": "sr_RS", "el": "el_GR", "vi": "vi_VN", "da": "da_DK", "sv": "sv_SE",
}  # fmt: skip


class Profile(BaseModel):
    """`data/dialogue/messenger.yml`: names of buttons in the menu, names of articles as first questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    menu: list[str]
    ice_breakers: list[str]


def read_profile(data: Path) -> Profile:
    """The menu and the first questions.

    Raises:
        pydantic.ValidationError: the file does not have the form.
    """
    return Profile.model_validate(yaml.safe_load((data / "dialogue" / "messenger.yml").read_text("utf-8")))


def presses(data: Path) -> dict[str, str]:
    """What each fixed payload stands for: the intent with its values, as a pressed button sends it."""
    profile, known = read_profile(data), read_buttons(data).buttons
    pressed = {f"menu:{name}": payload(**known[name].model_dump()) for name in profile.menu}
    pressed |= {f"ask:{name}": payload(name.split("/")[0], name) for name in profile.ice_breakers}
    return {START: "greet", **{key: value.removeprefix("/") for key, value in pressed.items()}}


def profile_of(settings: Settings) -> dict[str, Any]:
    """The whole profile, as Meta takes it; the knowledge store must have been built."""
    data, articles = settings.data, KnowledgeStore(settings.knowledge_db).articles
    profile = read_profile(data)
    shown: dict[str, Any] = {
        "get_started": {"payload": START},
        "greeting": [],
        "persistent_menu": [],
        "ice_breakers": [],
    }
    for language in live_languages(data):
        phrases = read_phrases(data, language)
        menu = [
            {"type": "postback", "title": phrases.buttons[name], "payload": f"menu:{name}"} for name in profile.menu
        ]
        questions = [
            {"question": articles[name].text(language).title, "payload": f"ask:{name}"} for name in profile.ice_breakers
        ]
        for locale in _locales(language):
            shown["greeting"].append({"locale": locale, "text": phrases.say["page_greeting"]})
            shown["persistent_menu"].append(
                {"locale": locale, "composer_input_disabled": False, "call_to_actions": menu}
            )
            shown["ice_breakers"].append({"locale": locale, "call_to_actions": questions})
    return {"get_started": {"payload": START}, **shown}


async def send_profile(meta: MetaSettings, profile: dict[str, Any]) -> None:
    """Set the profile of the page.

    Raises:
        SettingError: no page is set up, or Meta refuses; the message says why.
    """
    if not meta.messenger_page:
        raise SettingError("MESSENGER_PAGE_ID and MESSENGER_TOKEN are not set; see docs/tasks/connect-messenger.md.")
    async with httpx.AsyncClient() as client:
        graph = Graph(client, meta.graph_url, meta.graph_version, "me", meta.messenger_token, "messenger")
        try:
            await graph.post("messenger_profile", profile)
        except NotSent as fault:
            code = fault.outcome.code
            reason = STOP.get(int(code), "") if code.isdecimal() else ""
            raise SettingError(f"Meta did not take the profile, code {code}. {reason}".strip()) from fault


def _locales(language: str) -> list[str]:
    """Where a language is shown; the reference language also wherever no other fits."""
    locale = _LOCALES.get(language, f"{language}_{language.upper()}")
    return [*(["default"] if language == REFERENCE else []), *([locale] if locale else [])]
