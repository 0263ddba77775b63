"""What an honest model makes of the drafts: freer words, nothing added, nothing left out."""

PARAPHRASES: list[tuple[str, str]] = [
    ("price.ja", "{{p1.title}}のお値段は税込で{{p1.price}}です。いまなら在庫もございますよ。"),
    (
        "price.ja",
        "お問い合わせありがとうございます。{{p1.title}}は{{p1.price}}（税込）で、在庫ありです。",
    ),
    (
        "two.ja",
        (
            "コーヒーの道具ですね。{{number1}}ございました。\n\n{{p1.title}}が{{p1.price}}"
            "、{{p2.title}}が{{p2.price}}です。"
        ),
    ),
    (
        "two.ja",
        (
            "お探しのものに近い品が{{number1}}見つかりました。\n\nまず{{p1.title}}（"
            "{{p1.price}}）、そして{{p2.title}}（{{p2.price}}）です。"
        ),
    ),
    (
        "two.ja",
        (
            "{{number1}}ご紹介しますね。\n\n{{p1.price}}の{{p1.title}}。"
            "{{p2.price}}の{{p2.title}}。どちらが気になりますか？"
        ),
    ),
    (
        "sold_out.ja",
        "あいにく{{p1.title}}のMサイズは品切れ中です。入荷の際にご連絡いたしましょうか？",
    ),
    (
        "sold_out.ja",
        (
            "ごめんなさい、{{p1.title}}のMサイズはただいま在庫がありません。"
            "入荷したらお知らせしましょうか。"
        ),
    ),
    (
        "status.ja",
        (
            "ご注文{{o1.number}}は{{date1}}に発送されています。"
            "{{date2}}の{{time1}}{{time2}}のあいだにお届けの予定です。"
        ),
    ),
    (
        "status.ja",
        (
            "お待たせしております。{{o1.number}}のお荷物は{{date1}}に発送済みで、"
            "{{date2}}、{{time1}}{{time2}}にお届け予定です。"
        ),
    ),
    (
        "cancelled.ja",
        (
            "承知しました。ご注文{{o1.number}}をキャンセルいたしました。"
            "{{o1.refund}}を返金いたします。"
        ),
    ),
    (
        "cancelled.ja",
        "かしこまりました。{{o1.number}}のご注文はキャンセルしました。返金は{{o1.refund}}です。",
    ),
    (
        "cannot.ja",
        (
            "恐れ入りますが、{{o1.number}}はすでに発送済みのため、"
            "キャンセルはお受けできません。お届け後{{number1}}でしたら返品いただけま"
            "す。"
        ),
    ),
    (
        "cannot.ja",
        (
            "ご希望に沿えず申し訳ありません。ご注文{{o1.number}}は発送済みで、"
            "キャンセルができないのです。お届けから{{number1}}なら返品できます。"
        ),
    ),
    (
        "cart.ja",
        (
            "ありがとうございます。{{p1.title}}を{{number1}}カートに入れました。"
            "合計は{{cart.total}}で、送料は無料です。"
        ),
    ),
    (
        "cart.ja",
        (
            "{{p1.title}}、{{number1}}ですね。カートに入れました！お支払いの合計は{{cart.total}}"
            "、送料無料です。"
        ),
    ),
    (
        "sums.ja",
        "商品の小計が{{cart.subtotal}}、送料が{{cart.shipping}}で、合計{{cart.total}}になります。",
    ),
    (
        "sums.ja",
        "合計は{{cart.total}}です。内訳は、小計{{cart.subtotal}}と送料{{cart.shipping}}です。",
    ),
    ("faq.ja", "送料についてですね。{{quote1}}"),
    (
        "faq.ja",
        (
            "お問い合わせありがとうございます。\n{{quote1}}\nほかにもご不明な点がご"
            "ざいましたら、お気軽にどうぞ。"
        ),
    ),
    (
        "ask.ja",
        "{{p1.title}}、お選びいただきありがとうございます。サイズはどれがよろしいでしょうか？",
    ),
    ("ask.ja", "かしこまりました。{{p1.title}}のサイズをお聞かせください。"),
    (
        "unsure.ja",
        "すみません、うまく理解できませんでした。もう少し別の言い方で教えていただけますか？",
    ),
    ("unsure.ja", "申し訳ございません、分かりかねました。言い換えていただけると助かります。"),
    ("link.ja", "お支払いはこちらのページからどうぞ。{{link1}} 期限は{{date1}}です。"),
    ("link.ja", "{{link1}} からお支払いいただけます。{{date1}}にお願いいたします。"),
    ("price.en", "The {{p1.title}} comes to {{p1.price}} including tax, and yes, it's in stock."),
    (
        "price.en",
        "Good question! {{p1.title}} costs {{p1.price}} with tax included. We have it in stock.",
    ),
    (
        "two.en",
        (
            "Here are {{number1}} that might suit you.\n\nThere's "
            "the {{p1.title}} at {{p1.price}}, and the {{p2.title}} "
            "at {{p2.price}}."
        ),
    ),
    (
        "two.en",
        (
            "I came across {{number1}} products for you.\n\n{{p1.title}}: "
            "{{p1.price}}. {{p2.title}}: {{p2.price}}. Does one "
            "of them appeal to you?"
        ),
    ),
    (
        "two.en",
        (
            "For coffee I have {{number1}} to show you.\n\nThe "
            "{{p1.title}} goes for {{p1.price}} while the {{p2.title}} "
            "is {{p2.price}}."
        ),
    ),
    (
        "sold_out.en",
        (
            "I'm afraid the {{p1.title}} is out of stock in size "
            "M right now. Would you like me to let you know when "
            "it's back?"
        ),
    ),
    (
        "sold_out.en",
        (
            "Unfortunately {{p1.title}} in size M is sold out. "
            "Shall I drop you a note once it is back?"
        ),
    ),
    (
        "status.en",
        (
            "Good news: order {{o1.number}} was shipped on {{date1}}. "
            "It should arrive on {{date2}}, {{time1}}."
        ),
    ),
    (
        "status.en",
        "Your order {{o1.number}} shipped on {{date1}} and should arrive {{date2}}, {{time1}}.",
    ),
    (
        "cancelled.en",
        (
            "All done. Order {{o1.number}} has been cancelled, "
            "and {{o1.refund}} will be refunded to you."
        ),
    ),
    (
        "cancelled.en",
        "No problem, I've cancelled order {{o1.number}}. We will refund {{o1.refund}}.",
    ),
    (
        "cannot.en",
        (
            "I'm sorry, but order {{o1.number}} has already been "
            "shipped, so it can't be cancelled any more. You're "
            "welcome to return it within {{number1}} of delivery."
        ),
    ),
    (
        "cannot.en",
        (
            "Unfortunately order {{o1.number}} cannot be cancelled "
            "since it was shipped. You can still return it within "
            "{{number1}} of delivery."
        ),
    ),
    (
        "cart.en",
        (
            "Done! I've added {{number1}} {{p1.title}} to your "
            "cart. Your total is {{cart.total}}, and shipping is "
            "free."
        ),
    ),
    (
        "cart.en",
        (
            "{{number1}} of the {{p1.title}} added to your cart,"
            " with free shipping. That brings the total to {{cart.total}}."
        ),
    ),
    (
        "sums.en",
        (
            "Your subtotal is {{cart.subtotal}}, shipping is {{cart.shipping}},"
            " so the total comes to {{cart.total}}."
        ),
    ),
    (
        "sums.en",
        (
            "That's {{cart.total}} in total: a subtotal of {{cart.subtotal}} "
            "plus {{cart.shipping}} for shipping."
        ),
    ),
    ("faq.en", "Happy to help with that. {{quote1}}"),
    ("faq.en", "{{quote1}} Is there anything else you'd like to know?"),
    ("ask.en", "Lovely choice. Which size of the {{p1.title}} should I get for you?"),
    ("ask.en", "Sure! What size would you like the {{p1.title}} in?"),
    ("unsure.en", "Hmm, I didn't quite get that. Could you put it another way?"),
    ("unsure.en", "Sorry, I'm not sure what you mean. Would you mind rephrasing it?"),
    ("link.en", "Here is your payment page: {{link1}}. Please pay until {{date1}}."),
    ("link.en", "You can settle this at {{link1}} until {{date1}}. Let me know if you get stuck."),
    ("leave.ja", "かしこまりました。担当者にお引き継ぎいたします。"),
]
