"""The shop's own chat: no webhooks and nobody to call, only frames the door wrote down."""

from datetime import UTC, datetime

from kaiwa.channels import Account
from kaiwa.channels.web_chat import Frame, raw_frame
from kaiwa.vocabulary.content import Postback, Text
from tests.every.samples import STRANGE, Samples

VISITOR = "v-" + "0a" * 16
AT = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)

SAMPLES = Samples(
    account=Account(
        1,
        {
            "identity_secret": "a secret of thirty-two characters",
            "page_url": "https://shop.example/",
        },
    ),
    to=VISITOR,
    bodies=(
        raw_frame(Frame(client_id="c-1", visitor=VISITOR, content=Text("青いマグは？"), at=AT)),
        raw_frame(Frame(client_id="c-2", visitor=VISITOR, content=Postback("Yes", "y"), at=AT)),
    ),
    strange=(
        raw_frame(Frame(client_id="c-3", visitor=VISITOR, content=Text("?"), at=AT)).replace(
            b'"text"', f'"{STRANGE}"'.encode()
        ),
        STRANGE.encode(),
    ),
)
