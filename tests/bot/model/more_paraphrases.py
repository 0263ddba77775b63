"""Forty more honest ways to say the drafts, written before the words that may be said were."""

MORE: list[tuple[str, str]] = [
    ("price.ja", "{{p1.title}}でございますね。{{p1.price}}（税込）です。在庫がございます。"),
    ("price.ja", "はい、{{p1.title}}は{{p1.price}}（税込）でご用意しております。在庫もあります。"),
    (
        "two.ja",
        "ありがとうございます。{{number1}}見つかりましたのでご覧ください。\n\n"
        "{{p1.title}}は{{p1.price}}、{{p2.title}}は{{p2.price}}でございます。",
    ),
    (
        "two.ja",
        "こちらの{{number1}}はいかがでしょうか。\n\n"
        "{{p1.title}}は{{p1.price}}です。{{p2.title}}は{{p2.price}}です。",
    ),
    (
        "sold_out.ja",
        "申し訳ございません。{{p1.title}}のMサイズは現在在庫切れとなっております。"
        "入荷しましたらお知らせしましょうか？",
    ),
    (
        "sold_out.ja",
        "せっかくお選びいただいたのに申し訳ありません。{{p1.title}}のMサイズは売り切れです。"
        "入荷したらご連絡しましょうか。",
    ),
    (
        "status.ja",
        "お調べしました。ご注文{{o1.number}}は{{date1}}に発送済みです。"
        "お届けは{{date2}}の{{time1}}{{time2}}の予定です。",
    ),
    (
        "status.ja",
        "お待たせいたしました。ご注文{{o1.number}}は{{date1}}に出荷済みでございます。"
        "{{date2}}の{{time1}}{{time2}}にお届けする予定です。",
    ),
    (
        "cancelled.ja",
        "ご注文{{o1.number}}のキャンセルを承りました。{{o1.refund}}を返金いたします。",
    ),
    (
        "cancelled.ja",
        "はい、ご注文{{o1.number}}をキャンセルいたしました。{{o1.refund}}をご返金します。"
        "またのご利用をお待ちしております。",
    ),
    (
        "cannot.ja",
        "大変申し訳ございません。ご注文{{o1.number}}は発送済みのためキャンセルいたしかねます。"
        "お届けのあと{{number1}}でしたら返品できます。",
    ),
    (
        "cart.ja",
        "承知しました。{{p1.title}}を{{number1}}、カートに入れました。"
        "合計{{cart.total}}、送料は無料でございます。",
    ),
    (
        "cart.ja",
        "かしこまりました！{{p1.title}}を{{number1}}カートにお入れしました。"
        "合計金額は{{cart.total}}、送料は無料です。",
    ),
    (
        "sums.ja",
        "お待たせしました。小計{{cart.subtotal}}、送料{{cart.shipping}}、"
        "合計{{cart.total}}でございます。",
    ),
    ("faq.ja", "ご質問ありがとうございます。{{quote1}}ご参考になりましたら幸いです。"),
    ("ask.ja", "{{p1.title}}ですね、ありがとうございます。サイズはどちらになさいますか？"),
    (
        "unsure.ja",
        "申し訳ありません、うまく聞き取れませんでした。別の言葉でもう一度お願いできますか。",
    ),
    (
        "link.ja",
        "お手続きありがとうございます。お支払いはこちらです。{{link1}} 期限は{{date1}}です。",
    ),
    ("thanks.ja", "とんでもございません。ほかにもございましたら、いつでもお声がけください。"),
    (
        "person.ja",
        "申し訳ありません、その点は手元の資料にございません。"
        "担当者が確かめてお返事できますので、おつなぎしましょうか？",
    ),
    ("price.en", "Sure! The {{p1.title}} is {{p1.price}}, tax included, and it is in stock."),
    (
        "price.en",
        "Thanks for asking. The {{p1.title}} is priced at {{p1.price}} (tax included). "
        "It's in stock.",
    ),
    (
        "two.en",
        "I found {{number1}} products for you.\n\n"
        "The {{p1.title}} is {{p1.price}}, and the {{p2.title}} is {{p2.price}}.",
    ),
    (
        "two.en",
        "Take a look at these {{number1}} products.\n\n"
        "The {{p1.title}} costs {{p1.price}}. The {{p2.title}} costs {{p2.price}}.",
    ),
    (
        "sold_out.en",
        "Sorry about that, the {{p1.title}} is currently out of stock in size M. "
        "Shall I let you know when it is back?",
    ),
    (
        "sold_out.en",
        "I'm sorry, the {{p1.title}} in size M is out of stock. "
        "Would you like me to tell you as soon as it's back?",
    ),
    (
        "status.en",
        "Thanks for waiting! Order {{o1.number}} was shipped on {{date1}}, "
        "and it should arrive on {{date2}}, {{time1}}.",
    ),
    (
        "status.en",
        "I checked for you: order {{o1.number}} was shipped on {{date1}} "
        "and should be with you on {{date2}}, {{time1}}.",
    ),
    (
        "cancelled.en",
        "Of course. Your order {{o1.number}} has been cancelled. {{o1.refund}} will be refunded.",
    ),
    (
        "cancelled.en",
        "Order {{o1.number}} is cancelled now, and you will be refunded {{o1.refund}}.",
    ),
    (
        "cannot.en",
        "I'm sorry, order {{o1.number}} has already shipped and can no longer be cancelled. "
        "You can return it within {{number1}} of delivery.",
    ),
    (
        "cart.en",
        "Great, I put {{number1}} {{p1.title}} in your cart. "
        "The total is {{cart.total}} and shipping is free.",
    ),
    (
        "cart.en",
        "Sure thing! {{number1}} {{p1.title}} is in your cart now. "
        "Your total is {{cart.total}}, with free shipping.",
    ),
    (
        "sums.en",
        "Here is the breakdown: subtotal {{cart.subtotal}}, shipping {{cart.shipping}}, "
        "total {{cart.total}}.",
    ),
    ("faq.en", "Thanks for your question! {{quote1}} I hope that helps."),
    ("ask.en", "Great! Which size of the {{p1.title}} do you want?"),
    ("unsure.en", "I'm sorry, I didn't catch that. Could you rephrase it, please?"),
    ("link.en", "Sure, please pay here: {{link1}} until {{date1}}. Thank you!"),
    ("thanks.en", "My pleasure! Just ask if there's anything else."),
    (
        "person.en",
        "I'm afraid I have no record of that. A colleague can check and answer. "
        "Would you like me to connect you?",
    ),
]
