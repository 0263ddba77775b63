"""How a Facebook Page is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told
from kaiwa.channels.meta.guide import APP, ONE_EACH, TOKEN_LABEL, TROUBLES, UNPROVEN, VERIFY
from kaiwa.channels.meta.profile import MENU, QUESTIONS

FIELDS: Final = (
    CredentialField(
        "access_token",
        TOKEN_LABEL,
        title=Told("ページのアクセストークン", "Access token of the Page"),
        where=Told(
            "アプリ →「Messenger → Messenger API設定 → アクセストークンを生成」",
            "App → Messenger → Messenger API Settings → Generate access tokens",
        ),
    ),
    CredentialField(
        "app_secret",
        "App secret (several: comma-separated)",
        title=Told("app secret（アプリの秘密鍵）", "App secret"),
        where=Told("アプリ →「アプリの設定 → ベーシック」", "App → App settings → Basic"),
    ),
    VERIFY,
    CredentialField(
        "page_id",
        "Page ID",
        secret=False,
        title=Told("ページID", "Page ID"),
        where=Told(
            "トークンを発行した画面の、ページ名の下の数字",
            "The number below the Page's name, where the token was generated",
        ),
    ),
    CredentialField(
        "app_id",
        "App ID",
        secret=False,
        title=Told("アプリID", "App ID"),
        where=Told("アプリ →「アプリの設定 → ベーシック」", "App → App settings → Basic"),
    ),
    CredentialField(
        "username",
        "User name of the Page, for m.me",
        secret=False,
        required=False,
        title=Told("ページのユーザーネーム", "User name of the Page"),
        where=Told(
            "ページのアドレスの最後の部分。m.meのリンクに使います。なくてもかまいません。",
            "The end of the Page's address, for links by m.me. May be left out.",
        ),
    ),
    MENU,
    QUESTIONS,
)

GUIDE: Final = Guide(
    before=(
        APP,
        Told(
            "アプリに製品「Messenger」を加え、「Messenger API設定」でお店のページをつなぎます。",
            "Add the product Messenger to it and connect your Page in Messenger API Settings.",
        ),
        Told(
            "アプリに役割のないお客様へ返事をするには、「アプリレビュー」でpages_messagingの"
            "アドバンスアクセスを申請します。"
            "担当者が7日間返事をするには、Human Agentも申請します。",
            "To answer customers without a role in the app, ask for Advanced access to "
            "pages_messaging in App Review; for seven days of people's answers, for Human Agent.",
        ),
        UNPROVEN,
    ),
    webhook=Told(
        "「つなぐ」を押すと設定されます。手で入れるなら、アプリの「Messenger → Messenger API設定"
        " → Webhooks」のコールバックURL。検証トークンも同じものを入れます。",
        "Connect sets it. By hand: App → Messenger → Messenger API Settings → Webhooks: "
        "callback URL, with the same verify token.",
    ),
    after=(
        ONE_EACH,
        Told(
            "Meta Business Suiteの自動返信をオフにします。残すと二重に返事をし、ボットが黙ります。",
            "Switch off automated responses in Meta Business Suite: they answer a second time "
            "and silence the bot.",
        ),
        Told("ページに何か送ってみます。", "Write something to the Page."),
    ),
    troubles=TROUBLES,
)
