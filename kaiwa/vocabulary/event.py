"""One thing a channel heard.

`InboundEvent.heard` says what; everything that is not a message of the customer has a type here.
"""

from datetime import datetime
from typing import TypeAlias

import msgspec

from kaiwa.vocabulary.content import Content
from kaiwa.vocabulary.template import Category, Status


class ReplyHandle(msgspec.Struct, frozen=True):
    """A right to answer once: LINE's reply token with its deadline.

    It is worth trying until `expires_at`. Until `certain_until` it cannot have run out: a provider
    that calls it spent says that it was used.
    """

    token: str
    expires_at: datetime
    max_messages: int = 5
    certain_until: datetime | None = None


class _Heard(msgspec.Struct, frozen=True, tag_field="heard"):
    pass


class Said(_Heard, frozen=True, tag="said"):
    """The customer said something; `external_id` is the provider's id of the message itself.

    What is one message there and several here has the same id, followed by `#2`, `#3` … on all
    but the first: taking the message back takes all of them.
    """

    content: Content
    external_id: str
    quoted_external_id: str | None = None


class Edited(_Heard, frozen=True, tag="edited"):
    """The customer changed an earlier message."""

    external_id: str
    content: Content


class TakenBack(_Heard, frozen=True, tag="taken_back"):
    """The customer unsent an earlier message: its content must go."""

    external_id: str


class Answered(_Heard, frozen=True, tag="answered"):
    """The customer was written to from the shop's account: by us, or by somebody outside Kaiwa.

    `key` is the retry key the message was sent with, when the provider repeats it.
    """

    content: Content
    external_id: str
    key: str | None = None


class Followed(_Heard, frozen=True, tag="followed"):
    """The customer added the shop's account, or unblocked it.

    `words` are what was written where that is how it is done (START); the shop owes an answer to
    them when `confirm` is set. `opens` says that the channel takes it for a message, so that an
    answer is allowed.
    """

    again: bool = False
    words: str = ""
    confirm: bool = False
    opens: bool = False


class Declined(_Heard, frozen=True, tag="declined"):
    """The customer wants no advertising any more; answers are welcome as before.

    `words` are the provider's for what they did.
    """

    words: str = ""


class Agreed(_Heard, frozen=True, tag="agreed"):
    """The customer told the provider that they want the shop's advertising, in these words."""

    words: str


class Unfollowed(_Heard, frozen=True, tag="unfollowed"):
    """The customer blocked or left: advertising stops, nothing can be sent.

    `words` are what was written where that is how it is done (STOP); with `confirm` the shop owes
    one last answer that says so.
    """

    words: str = ""
    confirm: bool = False


class HelpAsked(_Heard, frozen=True, tag="help_asked"):
    """The customer wrote HELP: the shop owes its name and the words that stop its messages."""

    words: str = ""


class Delivered(_Heard, frozen=True, tag="delivered"):
    """Our messages arrived: one by id, or everything up to a seq or time."""

    external_id: str | None = None
    up_to_seq: int | None = None
    up_to_at: datetime | None = None


class Read(_Heard, frozen=True, tag="read"):
    """Our messages were read: one by id, or everything up to a seq or time."""

    external_id: str | None = None
    up_to_seq: int | None = None
    up_to_at: datetime | None = None


class Failed(_Heard, frozen=True, tag="failed"):
    """The provider says later that a message did not arrive.

    With `declined` because whom it was for wants no advertising.
    """

    external_id: str
    reason: str
    permanent: bool = True
    declined: bool = False


class Complained(_Heard, frozen=True, tag="complained"):
    """Who got this message of ours told their provider that they did not want it."""

    external_id: str


class PageViewed(_Heard, frozen=True, tag="page_viewed"):
    """The shopper looked at a page of the shop."""

    url: str
    title: str = ""
    product: str | None = None


class CartItem(msgspec.Struct, frozen=True):
    """One line of the cart as the shop's page told it; its price is a claim, never a fact."""

    sku: str
    title: str = ""
    quantity: int = 1
    amount_minor: int | None = None
    currency: str | None = None


class CartChanged(_Heard, frozen=True, tag="cart_changed"):
    """The shop's page says what is in the cart now."""

    items: tuple[CartItem, ...]


class Linked(_Heard, frozen=True, tag="linked"):
    """The provider confirms that the person completed our account link with this nonce."""

    nonce: str
    ok: bool


class TemplateTold(_Heard, frozen=True, tag="template_told"):
    """The provider says what became of a message template; None is what it does not speak of."""

    name: str
    language: str
    external_id: str = ""
    status: Status | None = None
    category: Category | None = None
    quality: str | None = None
    reason: str | None = None


class Ignored(_Heard, frozen=True, tag="ignored"):
    """Known and deliberately without effect (a group joined, a module attached …)."""

    kind: str


class Unheard(_Heard, frozen=True, tag="unheard"):
    """Kept, not understood: a kind of event we do not know."""

    kind: str


Heard: TypeAlias = (
    Said
    | Edited
    | TakenBack
    | Answered
    | Followed
    | Declined
    | Agreed
    | Unfollowed
    | HelpAsked
    | Delivered
    | Read
    | Failed
    | Complained
    | PageViewed
    | CartChanged
    | Linked
    | TemplateTold
    | Ignored
    | Unheard
)


class Sender(msgspec.Struct, frozen=True):
    """Who spoke, in the channel's own terms. `place` is set for groups and rooms."""

    kind: str
    value: str
    place: str | None = None


class Referral(msgspec.Struct, frozen=True):
    """By which of our links or adverts the customer came; `ref` is what our link carried."""

    ref: str = ""
    source: str = ""
    ad: str = ""
    product: str = ""

    def label(self) -> str:
        """The same in one line, for people."""
        return " · ".join(part for part in (self.ref, self.source, self.ad, self.product) if part)


class Proof(msgspec.Struct, frozen=True):
    """Whether it is proven that the sender is who it says, and by whose word."""

    ok: bool
    words: str


class InboundEvent(msgspec.Struct, frozen=True):
    """One thing a channel heard, as its adapter read it from the raw bytes.

    `external_id` is the channel's own id of the event: the gate against duplicates.
    `answerable` is False when another module holds the chat (LINE standby): record, never answer.
    `proof` is None where the channel itself vouches for its senders.
    """

    external_id: str
    heard: Heard
    sender: Sender | None = None
    occurred_at: datetime | None = None
    redelivered: bool = False
    answerable: bool = True
    reply_handle: ReplyHandle | None = None
    language: str | None = None
    mark_read_token: str | None = None
    name: str | None = None
    referral: Referral | None = None
    proof: Proof | None = None
