"""What Meta tells of a template: its state, its quality, its category."""

from typing import Final

import msgspec

from kaiwa.channels.whatsapp.templates import CATEGORIES, STATUSES
from kaiwa.channels.whatsapp.webhook import News
from kaiwa.vocabulary.event import TemplateTold

_NEWS: Final = msgspec.json.Decoder(News)


def template_told(field: str, raw: bytes) -> TemplateTold:
    """The news of one change; what it does not settle has the list read anew."""
    told = _NEWS.decode(raw).value
    news = TemplateTold(
        told.message_template_name,
        told.message_template_language,
        str(told.message_template_id),
    )
    match field:
        case "message_template_status_update":
            given = told.reason if told.reason not in (None, "NONE") else ""
            status = STATUSES.get(told.event)
            return msgspec.structs.replace(news, status=status, reason=given)
        case "message_template_quality_update":
            return msgspec.structs.replace(news, quality=told.new_quality_score.lower())
        case "template_category_update" if told.previous_category or not told.correct_category:
            # What is only announced is not so yet.
            return msgspec.structs.replace(news, category=CATEGORIES.get(told.new_category))
        case _:
            return news
