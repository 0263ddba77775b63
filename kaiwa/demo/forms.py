"""What the example shop asks in a form: whose name stands on the noshi of a gift."""

from typing import Final

from kaiwa.conversations.form import FormAs, InBoth, Option, Question

_OCCASIONS: Final = (
    Option("結婚のお祝い", "Wedding"),
    Option("出産のお祝い", "Birth of a child"),
    Option("内祝い・お返し", "A gift in return"),
    Option("お中元・お歳暮", "Season's greetings"),
)
FORMS: Final = {
    "noshi": FormAs(
        title=Option("のしの名入れ", "Name on the noshi"),
        intro=InBoth(
            "お名前の字は、書かれたとおりに筆文字でお入れします。",
            "The name is written with a brush, just as you spell it.",
        ),
        thanks=InBoth(
            "承りました。筆文字ができましたら、写真でお見せします。",
            "Thank you. We will show you a picture once it is written.",
        ),
        questions=(
            Question(
                "choice", Option("どのような贈り物ですか", "The occasion"), options=_OCCASIONS
            ),
            Question(
                "text",
                Option("お名前", "Name"),
                hint=Option("のしの下の段に入ります", "It stands in the lower half"),
            ),
            Question(
                "date",
                Option("お渡しになる日", "The day you give it"),
                required=False,
            ),
            Question("number", Option("点数", "How many")),
            Question(
                "consent",
                Option(
                    "名入れのあとは交換できないことを確かめました",
                    "I know that it cannot be exchanged once a name is on it",
                ),
            ),
        ),
    )
}
