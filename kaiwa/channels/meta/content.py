"""What a customer's message says, in our words."""

from typing import Final

from kaiwa.channels.meta.webhook import Attachment, Message, Payload, Postback
from kaiwa.vocabulary import content as said

# A button without a payload says its text, which travels in the payload behind this.
SAY: Final = "say:"
# What the button under the first greeting of a Page means; `connect` gives it this.
GET_STARTED: Final = "kaiwa:get_started"
_MEDIA: Final = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "file",
    "sticker": "image",
    "share": "image",
    "post": "image",
    "ig_post": "image",
    "story_mention": "image",
    "ig_story": "image",
    "reel": "video",
    "ig_reel": "video",
}
# The thumb beside Messenger's text field, small, middle and large: the only sticker with words.
_THUMBS: Final = frozenset({"369239263222822", "369239343222814", "369239383222810"})


def content_of(message: Message, part: int, raw: bytes) -> said.Content:
    """The message, or part `part` of it: its attachments in order, then the story it answers."""
    attachments = message.attachments
    if part < len(attachments):
        text = message.text if part == 0 else ""
        return _attached(attachments[part], text, (message.mid, part), raw)
    story = message.reply_to.story if message.reply_to else None
    if story is not None and part == max(1, len(attachments)):
        return said.Media("image", source=_source(message.mid, part, story.url))
    if message.quick_reply is not None:
        return _meant(message.quick_reply.payload, message.text)
    if message.text:
        return said.Text(message.text)
    return said.Unknown("message", raw=raw.decode("utf-8", "replace"))


def pressed(postback: Postback) -> said.Content:
    """A button means its payload; without one it says its title."""
    return _meant(postback.payload, postback.title)


def _meant(payload: str, label: str) -> said.Content:
    if payload.startswith(SAY):
        return said.Text(payload.removeprefix(SAY))
    return said.Postback(label, payload) if payload else said.Text(label)


def _attached(
    attachment: Attachment, text: str, where: tuple[str, int], raw: bytes
) -> said.Content:
    payload = attachment.payload or Payload()
    if str(payload.sticker_id) in _THUMBS:
        return said.Sticker("messenger", str(payload.sticker_id), text="👍")
    if attachment.type in _MEDIA and payload.url:
        words = text or payload.title
        return said.Media(_MEDIA[attachment.type], source=_source(*where, payload.url), text=words)
    if attachment.type == "location" and payload.coordinates is not None:
        point = payload.coordinates
        return said.Location(point.lat, point.long, attachment.title or "")
    words = _words(attachment, payload, text)
    return said.Text(words) if words else said.Unknown(
        attachment.type or "attachment", raw=raw.decode("utf-8", "replace")
    )  # fmt: skip


def _words(attachment: Attachment, payload: Payload, text: str) -> str:
    """What a shared link or product says; empty when it says nothing."""
    if attachment.type == "fallback":
        shared = (attachment.title or payload.title, attachment.url or payload.url)
        # The address often stands in the text already.
        told = [part for part in shared if part not in text]
        return "\n".join(part for part in (text, *told) if part)
    if attachment.type == "template" and payload.product is not None:
        named = [f"{each.title} {each.retailer_id}".strip() for each in payload.product.elements]
        return "\n".join(part for part in (text, *named) if part)
    return text


def _source(mid: str, part: int, url: str) -> said.MediaSource:
    """Where the bytes are now, and by which message they are found again when they have moved."""
    return said.MediaSource(f"{mid}#{part} {url}", url=url)
