"""How an Instagram account is connected, by its Page or by itself, and what may be wrong."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told
from kaiwa.channels.meta.guide import APP, ONE_EACH, TOKEN_LABEL, TROUBLES, UNPROVEN, VERIFY
from kaiwa.channels.meta.profile import MENU, QUESTIONS

FIELDS: Final = (
    CredentialField(
        "access_token",
        TOKEN_LABEL,
        title=Told("アクセストークン", "Access token"),
        where=Told(
            "ページ経由なら「Messenger → Instagram設定」、Instagramログインなら「Instagram → "
            "InstagramログインによるAPI設定」で発行したもの",
            "Through a Page: generated in Messenger → Instagram settings. By Instagram Login: "
            "in Instagram → API setup with Instagram login",
        ),
    ),
    CredentialField(
        "app_secret",
        "App secret (several: comma-separated)",
        title=Told("app secret（アプリの秘密鍵）", "App secret"),
        where=Told(
            "ページ経由なら「アプリの設定 → ベーシック」、Instagramログインならトークンを発行した"
            "画面の「Instagram app secret」",
            "Through a Page: App settings → Basic. By Instagram Login: the Instagram app secret "
            "on the page of the token",
        ),
    ),
    VERIFY,
    CredentialField(
        "instagram_id",
        "Instagram account ID",
        secret=False,
        title=Told("InstagramアカウントID", "Instagram account ID"),
        where=Told(
            "トークンを発行した画面にある、17841で始まる数字",
            "On the page of the token: a number that begins with 17841",
        ),
    ),
    CredentialField(
        "page_id",
        "ID of the linked Page",
        secret=False,
        required=False,
        title=Told("リンクしたページのID", "ID of the linked Page"),
        where=Told(
            "ページ経由のときだけ：ページの「基本データ → ページの透明性」",
            "Through a Page only: the Page, About → Page transparency",
        ),
    ),
    CredentialField(
        "app_id",
        "App ID",
        secret=False,
        required=False,
        title=Told("アプリID", "App ID"),
        where=Told(
            "ページ経由のときだけ：アプリ →「アプリの設定 → ベーシック」",
            "Through a Page only: App → App settings → Basic",
        ),
    ),
    CredentialField(
        "username",
        "Instagram user name, for ig.me",
        secret=False,
        required=False,
        title=Told("Instagramのユーザーネーム", "Instagram user name"),
        where=Told(
            "@のない名前。ig.meのリンクに使います。なくてもかまいません。",
            "Without the @, for links by ig.me. May be left out.",
        ),
    ),
    MENU,
    QUESTIONS,
)

GUIDE: Final = Guide(
    before=(
        Told(
            "Instagramアプリの「設定 → メッセージとストーリーズへの返信 → メッセージの管理 → "
            "つながっているツール」で「メッセージへのアクセスを許可」をオンにします。"
            "オフのままでは何も届きません。",
            "In the Instagram app: Settings → Messages and story replies → Message controls → "
            "Connected tools → Allow access to messages. Without it nothing arrives.",
        ),
        APP,
        Told(
            "ページ経由の場合：アカウントをFacebookページにリンクし、アプリに「Messenger」を加えて、"
            "「Instagram設定」でトークンを発行します（instagram_basic、"
            "instagram_manage_messages、pages_manage_metadata）。期限はありません。",
            "Through a Page: link the account to it, add Messenger to the app and generate a "
            "token in Instagram settings (instagram_basic, instagram_manage_messages, "
            "pages_manage_metadata). It does not run out.",
        ),
        Told(
            "Instagramログインの場合：アプリに「Instagram」を加え、「Instagramログインによる"
            "API設定」でトークンを発行します（instagram_business_manage_messages）。"
            "60日ごとに作り直します。",
            "By Instagram Login: add Instagram to the app and generate a token in API setup with "
            "Instagram login (instagram_business_manage_messages). Renew it every 60 days.",
        ),
        Told(
            "アプリに役割のないお客様へ返事をするには、「アプリレビュー」でこれらの"
            "アドバンスアクセスを申請します。"
            "担当者が7日間返事をするには、Human Agentも申請します。",
            "To answer customers without a role in the app, ask for Advanced access to these in "
            "App Review; for seven days of people's answers, for Human Agent.",
        ),
        UNPROVEN,
    ),
    webhook=Told(
        "ページ経由なら「つなぐ」で設定されます。Instagramログインなら、トークンを発行した画面の"
        "「Webhookを設定する」にこのアドレスと検証トークンを入れてから「つなぐ」を押します。",
        "Through a Page, Connect sets it. By Instagram Login, enter it with the verify token "
        "under “Configure webhooks” on the page of the token, then press Connect.",
    ),
    after=(
        Told(
            "Instagramログインの場合は、messages、messaging_postbacks、messaging_referral、"
            "messaging_seen、message_reactionsを登録します。",
            "By Instagram Login, subscribe to messages, messaging_postbacks, messaging_referral, "
            "messaging_seen and message_reactions.",
        ),
        ONE_EACH,
        Told("別のアカウントから何か送ってみます。", "Write something to it from another account."),
    ),
    troubles=TROUBLES,
)
