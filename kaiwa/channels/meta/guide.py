"""What is asked for, and what may be wrong, in the same words on Messenger and on Instagram."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Told, Trouble
from kaiwa.channels.meta.health import SENTENCES

TOKEN_LABEL: Final = "Access token of the Page or Instagram account"

VERIFY: Final = CredentialField(
    "verify_token",
    "Verify token of your choice",
    shortest=16,
    title=Told("検証トークン", "Verify token"),
    where=Told(
        "自由に決める16文字以上の文字列です。MetaがWebhookを設定するときに尋ねます。",
        "Of your own choice: 16 characters or more. Meta asks for it when the webhook is set.",
    ),
    made_up=True,
)

APP: Final = Told(
    "Meta for Developers（developers.facebook.com/apps）で、種類「ビジネス」のアプリを作ります。",
    "In Meta for Developers (developers.facebook.com/apps) create an app of the type Business.",
)
UNPROVEN: Final = Told(
    "「アプリの設定 → 詳細設定」の「app secretを必須にする」はオフのままにします。",
    "Leave “Require app secret” off (App settings → Advanced).",
)
ONE_EACH: Final = Told(
    "Webhookはアプリに一つだけです。二つ目のアカウントには、もう一つアプリを作ります。",
    "An app has one webhook for all its accounts: a second account needs a second app.",
)

_JA: Final = {
    "no_secret": "app secretがありません。届いた通知を確かめられません。",
    "no_verify_token": "検証トークンがありません。MetaがWebhookを設定できません。",
    "no_page": "ページIDもInstagramアカウントIDもありません。何も送れません。",
    "token": "アクセストークンをMetaが受け付けません：{why}。アプリで発行し直してください。",
    "unreachable": "Metaにつながりません：{why}",
    "refused": "Metaがアカウントの情報を返しませんでした：{why}",
    "app": "アプリID {app}とapp secretの組み合わせが違います。両方をもう一度コピーしてください。",
    "expired": "アクセストークンはもう使えません：{why}。アプリで発行し直してください。",
    "expires": (
        "アクセストークンの期限は{at}です。期限のないものにするか、それまでに作り直してください。"
    ),
    "other_app": (
        "アクセストークンはアプリ{app}のものです。{expected}ではないため、"
        "届いた通知の署名が合いません。"
    ),
    "permissions": "アクセストークンに権限が足りません：{names}。許可して発行し直してください。",
    "unsubscribed": (
        "アプリがアカウントに登録されていません。「つなぐ」を押すと届くようになります。"
    ),
    "fields": (
        "アカウントの通知の一部がアプリに届きません。もう一度「つなぐ」を押してください：{names}"
    ),
    "no_webhook": "アプリに{object}のWebhookがありません。「つなぐ」を押すと届くようになります。",
    "webhook_elsewhere": (
        "Webhookが{url}になっています。{expected}ではないため、メッセージは別の場所に届きます。"
    ),
    "not_linked": "ページにInstagramアカウントがリンクされていません。メッセージが届きません。",
    "linked_elsewhere": (
        "アカウントは{found}です。{expected}ではないため、別のアカウントのメッセージになります。"
    ),
    "menu": "メニューは{most}項目まで、それぞれ{length}文字までです。直すところ：{entry}",
    "questions": "はじめの質問は{most}個まで、それぞれ{length}文字までです。直すところ：{entry}",
}
_LATER: Final = frozenset({"unsubscribed", "fields", "no_webhook", "webhook_elsewhere", "expires"})

TROUBLES: Final = tuple(
    Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
)
