"""What Meta accepts, as strictly as its pages say: unknown keys, missing ones and anything over a limit are refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

from jalon.channels.limits import length, most


class Form(BaseModel):
    """Nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


def _upto(channel: str, part: str) -> Any:
    """A text of at least one character that the limit allows."""

    def check(text: str) -> str:
        if not 0 < length(text) <= most(channel, part):
            raise ValueError(f"{length(text)} characters; {channel} takes 1 to {most(channel, part)} ({part})")
        return text

    return Annotated[str, AfterValidator(check)]


def _different(items: list[Any], *keys: str) -> None:
    for key in keys:
        values = [getattr(item, key) for item in items]
        if len(set(values)) != len(values):
            raise ValueError(f"two have the same {key}")


# WhatsApp


class _Text(Form):
    body: _upto("whatsapp", "text")
    preview_url: bool = False


class _ButtonReply(Form):
    id: _upto("whatsapp", "button id")
    title: _upto("whatsapp", "button option")


class _Button(Form):
    type: Literal["reply"]
    reply: _ButtonReply


class _Buttons(Form):
    buttons: list[_Button] = Field(min_length=1, max_length=most("whatsapp", "button count"))

    @model_validator(mode="after")
    def _unique(self) -> _Buttons:
        _different([button.reply for button in self.buttons], "id", "title")
        return self


class _Row(Form):
    id: _upto("whatsapp", "list id")
    title: _upto("whatsapp", "list option")


class _Section(Form):
    rows: list[_Row] = Field(min_length=1)


class _List(Form):
    button: _upto("whatsapp", "list opener")
    sections: list[_Section] = Field(min_length=1, max_length=1)  # more than one need titles, which we do not use

    @model_validator(mode="after")
    def _few(self) -> _List:
        rows = self.sections[0].rows
        if len(rows) > most("whatsapp", "list count"):
            raise ValueError(f"{len(rows)} rows; a list takes {most('whatsapp', 'list count')}")
        _different(rows, "id")
        return self


class _LinkParameters(Form):
    display_text: _upto("whatsapp", "link title")
    url: HttpUrl


class _Link(Form):
    name: Literal["cta_url"]
    parameters: _LinkParameters


class _ButtonBody(Form):
    text: _upto("whatsapp", "button body")


class _ListBody(Form):
    text: _upto("whatsapp", "list body")


class _LinkBody(Form):
    text: _upto("whatsapp", "link body")


class _WithButtons(Form):
    type: Literal["button"]
    body: _ButtonBody
    action: _Buttons


class _WithList(Form):
    type: Literal["list"]
    body: _ListBody
    action: _List


class _WithLink(Form):
    type: Literal["cta_url"]
    body: _LinkBody
    action: _Link


class _Document(Form):
    id: str = Field(min_length=1)
    filename: str = Field(pattern=r"\.\w+$")
    caption: _upto("whatsapp", "caption")


class WhatsAppMessage(Form):
    """A message to one person, by number or by the id that Meta gave them."""

    messaging_product: Literal["whatsapp"]
    recipient_type: Literal["individual"]
    to: Annotated[str, Field(pattern=r"^\d{5,15}$")] | None = None
    recipient: Annotated[str, Field(pattern=r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")] | None = None
    biz_opaque_callback_data: _upto("whatsapp", "callback data")
    type: Literal["text", "interactive", "document"]
    text: _Text | None = None
    interactive: Annotated[_WithButtons | _WithList | _WithLink, Field(discriminator="type")] | None = None
    document: _Document | None = None

    @model_validator(mode="after")
    def _one(self) -> WhatsAppMessage:
        if (self.to is None) == (self.recipient is None):
            raise ValueError("name the person by `to` or by `recipient`")
        given = [kind for kind in ("text", "interactive", "document") if getattr(self, kind) is not None]
        if given != [self.type]:
            raise ValueError(f"the type is {self.type}, but {given} was sent")
        return self


class _Typing(Form):
    type: Literal["text"]


class WhatsAppRead(Form):
    """A message marked as read, with or without dots."""

    messaging_product: Literal["whatsapp"]
    status: Literal["read"]
    message_id: str = Field(min_length=1)
    typing_indicator: _Typing | None = None


# Messenger


class _Person(Form):
    id: str = Field(pattern=r"^\w+$")


class _QuickReply(Form):
    content_type: Literal["text"]
    title: _upto("messenger", "quick reply option")
    payload: _upto("messenger", "quick reply payload")


class _Postback(Form):
    type: Literal["postback"]
    title: _upto("messenger", "button option")
    payload: _upto("messenger", "button payload")


class _WebLink(Form):
    type: Literal["web_url"]
    title: _upto("messenger", "button option")
    url: HttpUrl


class _ButtonTemplate(Form):
    template_type: Literal["button"]
    text: _upto("messenger", "button body")
    buttons: list[Annotated[_Postback | _WebLink, Field(discriminator="type")]] = Field(
        min_length=1, max_length=most("messenger", "button count")
    )


class _Attachment(Form):
    type: Literal["template"]
    payload: _ButtonTemplate


class _MessengerBody(Form):
    text: _upto("messenger", "text") | None = None
    attachment: _Attachment | None = None
    quick_replies: list[_QuickReply] | None = Field(
        default=None, min_length=1, max_length=most("messenger", "quick reply count")
    )
    metadata: _upto("messenger", "metadata")

    @model_validator(mode="after")
    def _one(self) -> _MessengerBody:
        if (self.text is None) == (self.attachment is None):
            raise ValueError("send a text or an attachment")
        if self.quick_replies and self.text is None:
            raise ValueError("quick replies need a text")
        return self


class MessengerMessage(Form):
    """A message to one person."""

    recipient: _Person
    messaging_type: Literal["RESPONSE"]
    message: _MessengerBody


class MessengerAction(Form):
    """Seen, or dots."""

    recipient: _Person
    sender_action: Literal["mark_seen", "typing_on", "typing_off"]


_FORMS: dict[str, tuple[type[Form], type[Form]]] = {
    "whatsapp": (WhatsAppMessage, WhatsAppRead),
    "messenger": (MessengerMessage, MessengerAction),
}


def check(channel: str, body: Any) -> tuple[Form | None, str]:
    """The request in its form, or what is wrong with it."""
    message, sign = _FORMS[channel]
    is_sign = isinstance(body, dict) and ("status" in body or "sender_action" in body)
    try:
        return (sign if is_sign else message).model_validate(body), ""
    except ValidationError as fault:
        return None, "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in fault.errors())
