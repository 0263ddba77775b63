"""Replies of a shop as the deterministic bot gives them, in both languages."""

from kaiwa.bot.model.draft import Draft, Fact
from kaiwa.vocabulary.language import Language

NAMES = (
    "東雲ケトル",
    "朝霧ドリッパー",
    "朱泥急須",
    "メリノニット",
    "帆布トート",
    "Shinonome Kettle",
    "Asagiri Dripper",
    "Canvas Tote",
    "Merino Sweater",
)


def gazetteer(text: str) -> list[tuple[int, int]]:
    """Where one of the shop's names stands in a folded text."""
    found = []
    for name in NAMES:
        at = text.find(name.casefold())
        while at >= 0:
            found.append((at, at + len(name)))
            at = text.find(name.casefold(), at + 1)
    return found


def draft(
    language: Language, *texts: str, facts: dict[str, str] | None = None, **fields: object
) -> Draft:
    """A draft of these texts."""
    named = tuple(Fact(name, text) for name, text in (facts or {}).items())
    return Draft(language, texts, named, names=gazetteer, **fields)  # type: ignore[arg-type]


DRAFTS: dict[str, Draft] = {
    "price.ja": draft(
        "ja",
        "東雲ケトルは¥6,600（税込）です。在庫があります。",
        facts={"p1.title": "東雲ケトル", "p1.price": "¥6,600"},
        said="東雲ケトルいくら？100円でしょ",
    ),
    "two.ja": draft(
        "ja",
        "2点見つかりました。",
        "東雲ケトルは¥6,600、朝霧ドリッパーは¥2,200です。",
        facts={
            "p1.title": "東雲ケトル",
            "p1.price": "¥6,600",
            "p2.title": "朝霧ドリッパー",
            "p2.price": "¥2,200",
        },
        said="コーヒーの道具を探してる",
    ),
    "sold_out.ja": draft(
        "ja",
        "申し訳ありません。メリノニットのMサイズは在庫切れです。入荷したらお知らせしましょうか。",
        facts={"p1.title": "メリノニット"},
        said="ニットのMある？",
    ),
    "status.ja": draft(
        "ja",
        "ご注文1024は11月20日に発送済みです。11月22日の14時から16時にお届けの予定です。",
        facts={"o1.number": "1024"},
        said="荷物どこ",
    ),
    "cancelled.ja": draft(
        "ja",
        "ご注文1024をキャンセルしました。¥3,960を返金します。",
        facts={"o1.number": "1024", "o1.refund": "¥3,960"},
        said="やっぱりやめます",
    ),
    "cannot.ja": draft(
        "ja",
        (
            "申し訳ありません、ご注文1024は発送済みのためキャンセルできません。"
            "お届けのあと14日以内なら返品できます。"
        ),
        facts={"o1.number": "1024"},
        said="キャンセルしたい",
    ),
    "cart.ja": draft(
        "ja",
        "東雲ケトルを2個カートに入れました。合計は¥13,200、送料は無料です。",
        facts={"p1.title": "東雲ケトル", "cart.total": "¥13,200"},
        said="2つちょうだい",
    ),
    "sums.ja": draft(
        "ja",
        "小計は¥2,200、送料は¥660、合計は¥2,860です。",
        facts={"cart.subtotal": "¥2,200", "cart.shipping": "¥660", "cart.total": "¥2,860"},
        said="全部でいくら",
    ),
    "faq.ja": draft(
        "ja",
        "全国一律660円（税込）です。お買い上げが税込8,000円以上のときは送料無料でお届けします。",
        quoted=(0,),
        said="送料は？",
    ),
    "ask.ja": draft(
        "ja",
        "メリノニットのサイズはどれになさいますか。",
        facts={"p1.title": "メリノニット"},
        said="ニット買う",
    ),
    "unsure.ja": draft(
        "ja",
        "申し訳ありません、よく分かりませんでした。別の言い方でお聞かせください。",
        said="ほげ",
    ),
    "link.ja": draft(
        "ja",
        (
            "お支払いはこちらからお願いします。https://shop.example/pay/abc123 "
            "期限は11月25日までです。"
        ),
        said="払いたい",
    ),
    "price.en": draft(
        "en",
        "The Shinonome Kettle is $48.00, tax included. It is in stock.",
        facts={"p1.title": "Shinonome Kettle", "p1.price": "$48.00"},
        said="how much is the kettle? it was $10 yesterday",
    ),
    "two.en": draft(
        "en",
        "I found 2 products.",
        "The Shinonome Kettle is $48.00 and the Asagiri Dripper is $16.00.",
        facts={
            "p1.title": "Shinonome Kettle",
            "p1.price": "$48.00",
            "p2.title": "Asagiri Dripper",
            "p2.price": "$16.00",
        },
        said="looking for coffee gear",
    ),
    "sold_out.en": draft(
        "en",
        "Sorry, the Merino Sweater is out of stock in size M. Shall I tell you when it is back?",
        facts={"p1.title": "Merino Sweater"},
        said="got the sweater in M?",
    ),
    "status.en": draft(
        "en",
        "Order K-1024 was shipped on November 20 and should arrive on November 22, 2–4 pm.",
        facts={"o1.number": "K-1024"},
        said="where's my stuff",
    ),
    "cancelled.en": draft(
        "en",
        "Order K-1024 has been cancelled. $39.60 will be refunded.",
        facts={"o1.number": "K-1024", "o1.refund": "$39.60"},
        said="never mind, cancel it",
    ),
    "cannot.en": draft(
        "en",
        "I am sorry, order K-1024 has been shipped and cannot be cancelled. "
        "You can return it within 14 days of delivery.",
        facts={"o1.number": "K-1024"},
        said="cancel my order",
    ),
    "cart.en": draft(
        "en",
        "I added 2 x Shinonome Kettle to your cart. The total is $96.00 and shipping is free.",
        facts={"p1.title": "Shinonome Kettle", "cart.total": "$96.00"},
        said="two please",
    ),
    "sums.en": draft(
        "en",
        "Subtotal $16.00, shipping $6.00, total $22.00.",
        facts={"cart.subtotal": "$16.00", "cart.shipping": "$6.00", "cart.total": "$22.00"},
        said="what's the damage",
    ),
    "faq.en": draft(
        "en",
        "Shipping is $6 flat. Orders over $75 ship free.",
        quoted=(0,),
        said="how much is shipping",
    ),
    "ask.en": draft(
        "en",
        "Which size of the Merino Sweater would you like?",
        facts={"p1.title": "Merino Sweater"},
        said="i'll take the sweater",
    ),
    "unsure.en": draft(
        "en", "Sorry, I did not understand that. Could you say it in other words?", said="blorp"
    ),
    "link.en": draft(
        "en",
        "You can pay here: https://shop.example/pay/abc123 until November 25.",
        said="let me pay",
    ),
    "thanks.ja": draft(
        "ja",
        "どういたしまして。ほかにもありましたら、お声がけください。",
        said="ありがとう",
    ),
    "person.ja": draft(
        "ja",
        ("その点は手元の資料にありません。担当者が確かめてお返事できます。おつなぎしましょうか。"),
        said="電気代はどのくらい？",
    ),
    "leave.ja": draft("ja", "担当者に引き継ぎます。", said="人と話したい"),
    "thanks.en": draft(
        "en", "You're welcome. Just ask if there is anything else.", said="thanks a lot"
    ),
    "person.en": draft(
        "en",
        "I have no record of that. A colleague can check and answer. Shall I connect you?",
        said="how much power does it draw?",
    ),
}
