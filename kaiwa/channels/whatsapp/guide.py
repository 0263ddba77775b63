"""How a WhatsApp number is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told, Trouble
from kaiwa.channels.whatsapp.health import SENTENCES

FIELDS: Final = (
    CredentialField(
        "access_token",
        "Access token of a system user",
        title=Told("システムユーザーのアクセストークン", "Access token of a system user"),
        where=Told(
            "ビジネス設定 →「システムユーザー」→ 無期限のトークンを作成",
            "Business settings → System users → generate a token that never expires",
        ),
    ),
    CredentialField(
        "app_secret",
        "App secret (several: comma-separated)",
        title=Told("app secret（アプリの秘密鍵）", "App secret"),
        where=Told("アプリ →「アプリの設定 → ベーシック」", "App → App settings → Basic"),
    ),
    CredentialField(
        "verify_token",
        "Verify token of your choice",
        shortest=16,
        title=Told("検証トークン", "Verify token"),
        where=Told(
            "自由に決める16文字以上の文字列です。",
            "Of your own choice: 16 characters or more.",
        ),
        made_up=True,
    ),
    CredentialField(
        "phone_number_id",
        "Phone number ID",
        secret=False,
        title=Told("電話番号ID", "Phone number ID"),
        where=Told(
            "アプリ →「WhatsApp → APIセットアップ」、電話番号の下（番号そのものではありません）",
            "App → WhatsApp → API Setup, below the number (not the number itself)",
        ),
    ),
    CredentialField(
        "business_account_id",
        "WhatsApp Business Account ID",
        secret=False,
        title=Told("WhatsAppビジネスアカウントID", "WhatsApp Business Account ID"),
        where=Told("電話番号IDと同じページ", "On the same page as the phone number ID"),
    ),
    CredentialField(
        "phone_number",
        "Phone number, for links into the chat",
        secret=False,
        required=False,
        title=Told("電話番号（国番号から）", "Phone number (with country code)"),
        where=Told(
            "お客様が見る番号。トークへのリンクとQRコードに使います。",
            "The number customers see. For links and QR codes into the chat.",
        ),
    ),
    CredentialField(
        "catalog_id",
        "Catalogue ID, for messages with products of it",
        secret=False,
        required=False,
        title=Told("カタログID", "Catalogue ID"),
        where=Told(
            "コマースマネージャ →「カタログ → 設定」。商品のコンテンツIDを、この店のSKUと同じに"
            "してください。",
            "Commerce Manager → Catalogue → Settings. The content IDs of its products have to be "
            "the SKUs of this shop.",
        ),
    ),
)

_JA: Final = {
    "no_secret": "app secretがありません。届いた通知を確かめられません。",
    "no_verify_token": "検証トークンがありません。MetaがWebhookを設定できません。",
    "token": "アクセストークンをWhatsAppが受け付けません：{why}。"
    "システムユーザーのものを発行してください。管理画面の一時トークンは1日で切れます。",
    "unreachable": "WhatsAppにつながりません：{why}",
    "refused": "WhatsAppがアカウントの情報を返しませんでした：{why}",
    "number": "電話番号の状態が{status}です。メッセージが送れないことがあります。",
    "unregistered": "電話番号がCloud APIに登録されていません。",
    "quality": "電話番号の品質が「低」です。ブロックや通報をされています。",
    "unsubscribed": (
        "アプリがビジネスアカウントに登録されていません。「つなぐ」を押すと届くようになります。"
    ),
    "no_webhook": "電話番号にWebhookが設定されていません。「つなぐ」を押すと届くようになります。",
    "webhook_elsewhere": (
        "Webhookが{url}になっています。{expected}ではないため、メッセージは別の場所に届きます。"
    ),
    "catalogue": (
        "カタログ{catalogue}はこのWhatsAppビジネスアカウントにつながっていません。"
        "コマースマネージャの「設定 → ビジネス資産」でつなぐか、IDを直してください。"
    ),
    "no_cart": (
        "WhatsAppでカートが使えない設定です。お客様は商品を見るだけで、注文を送れません。"
        "WhatsAppマネージャの「電話番号 → カタログ」でカートをオンにしてください。"
    ),
}
_LATER: Final = frozenset(
    {
        "number",
        "quality",
        "unsubscribed",
        "no_webhook",
        "webhook_elsewhere",
        "unregistered",
        "no_cart",
    }
)

GUIDE: Final = Guide(
    before=(
        Told(
            "Meta for Developersで「ビジネス」タイプのアプリを作り、WhatsAppを追加します。",
            "In Meta for Developers create an app of the type Business and add WhatsApp.",
        ),
        Told(
            "「WhatsApp → APIセットアップ」で電話番号を追加し、確認します。",
            "WhatsApp → API Setup: add your phone number and confirm it.",
        ),
        Told(
            "ビジネス設定でシステムユーザーを作り、アプリとWhatsAppアカウントの全権限を渡します。",
            "In Business settings create a system user with full control of the app "
            "and the account.",
        ),
    ),
    webhook=Told(
        "アプリの「WhatsApp → 設定 → Webhook」のコールバックURL。検証トークンも同じもの"
        "を入れます。",
        "App → WhatsApp → Configuration → Webhook: callback URL, with the same verify token.",
    ),
    after=(
        Told(
            "Webhookフィールドの「messages」を登録します。",
            "Subscribe to the webhook field “messages”.",
        ),
        Told(
            "「user_preferences」「message_template_status_update」「template_category_update」"
            "「message_template_quality_update」も登録します。テンプレートと配信停止の希望が届きます。",
            "Also subscribe to “user_preferences”, “message_template_status_update”, "
            "“template_category_update” and “message_template_quality_update”: by them we hear of "
            "templates, and of who wants no advertising.",
        ),
    ),
    troubles=tuple(
        Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
    ),
)
