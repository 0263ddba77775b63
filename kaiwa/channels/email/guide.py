"""How a mailbox is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told, Trouble
from kaiwa.channels.email.health import SENTENCES
from kaiwa.channels.email.limits import most

_MAILBOX: Final = (
    CredentialField(
        "address",
        "The shop's e-mail address",
        secret=False,
        title=Told("お店のメールアドレス", "The shop's e-mail address"),
        where=Told(
            "届いたものはすべて会話になります。個人用と兼ねないアドレスにします。",
            "All that comes in becomes conversations: one that nobody uses for themselves.",
        ),
    ),
    CredentialField(
        "smtp_server",
        "Server for sending: HOST, HOST:PORT (587: STARTTLS, 465: TLS)",
        secret=False,
        title=Told("送信サーバー（SMTP）", "Server for sending (SMTP)"),
        where=Told(
            "メール事業者の案内にあります。smtp.example.comかsmtp.example.com:465の形で。"
            "ポートを書かなければ587（STARTTLS）です。",
            "In the provider's help, as smtp.example.com or smtp.example.com:465. Without a port "
            "it is 587 (STARTTLS).",
        ),
    ),
    CredentialField(
        "imap_server",
        "Server for receiving: HOST[:PORT]",
        secret=False,
        required=False,
        title=Told("受信サーバー（IMAP）", "Server for receiving (IMAP)"),
        where=Told(
            "メール事業者の案内にあります。imap.example.comの形で。ポートを書かなければ993（TLS）"
            "です。Webhookで受け取るなら空欄にします。",
            "In the provider's help, as imap.example.com. Without a port it is 993 (TLS). "
            "Leave it out if mail is posted to the webhook.",
        ),
    ),
    CredentialField(
        "user",
        "User name, when it is not the address",
        secret=False,
        required=False,
        title=Told("ユーザー名", "User name"),
        where=Told(
            "ログインする名前がアドレスと違うときだけ", "Only when the log-in is not the address"
        ),
    ),
    CredentialField(
        "password",
        "Password, or an app password",
        required=False,
        title=Told("パスワード", "Password"),
        where=Told(
            "二要素認証を使っているなら、事業者のアカウント設定で作ったアプリパスワード",
            "With a second factor: an app password, made in the account settings of the provider",
        ),
    ),
)
_HABITS: Final = (
    CredentialField(
        "sender_name",
        "Name that customers see as the sender",
        secret=False,
        required=False,
        title=Told("差出人の名前", "Name of the sender"),
        where=Told("お客様に見える名前です。お店の名前など。", "What customers see: the shop's."),
    ),
    CredentialField(
        "folder",
        "Mailbox that is read (INBOX)",
        secret=False,
        required=False,
        title=Told("読むメールボックス", "Mailbox that is read"),
        where=Told(
            "サーバーでの名前のとおりに。空欄ならINBOXです。",
            "As the server calls it; INBOX when left out.",
        ),
    ),
    CredentialField(
        "done_folder",
        "Mailbox into which read mails are moved",
        secret=False,
        required=False,
        title=Told("読んだメールの移動先", "Where read mails are moved"),
        where=Told(
            "サーバーにあるメールボックスの名前。空欄なら、移さずに既読にします。",
            "A mailbox of the server; when left out they stay and look read.",
        ),
    ),
    CredentialField(
        "poll_minutes",
        "Minutes between two looks (1)",
        secret=False,
        required=False,
        title=Told("確かめる間隔（分）", "Minutes between two looks"),
        where=Told("1から1440まで。空欄なら1分です。", "1 to 1440; 1 when left out."),
    ),
    CredentialField(
        "receiving_host",
        "Name of the receiving host whose Authentication-Results are believed",
        secret=False,
        required=False,
        title=Told("送信元を保証するホスト", "Host that vouches for senders"),
        where=Told(
            "届いたメールのソースのいちばん上、「Authentication-Results:」に続く名前。"
            "外から来た同じヘッダーを消す事業者のものに限ります。",
            "In the source of a mail that came in, the name behind “Authentication-Results:” at "
            "the top. Only of a provider that removes such headers from mail it gets.",
        ),
    ),
    CredentialField(
        "plus_address",
        "yes: answers and bounces come to address+…@",
        secret=False,
        required=False,
        title=Told("＋付きアドレスで受ける", "Answers to address+…@"),
        where=Told(
            "yesと書くと、返信と不達を「アドレス+kaiwa.…@」で受けます。"
            "事業者がこの形のアドレスを届けられるときだけ。",
            "yes: answers and bounces come to address+kaiwa.…@. Only where the provider delivers "
            "such addresses.",
        ),
    ),
    CredentialField(
        "webhook_secret",
        "Secret of your choice for the webhook",
        required=False,
        shortest=most("secret"),
        title=Told("Webhookの合言葉", "Webhook secret"),
        where=Told(
            "メールをWebhookで受け取るときだけ。自由に決める16文字以上の文字列です。"
            "Mailgunなら、Mailgunの署名鍵を入れます。",
            "Only if mail is posted to the webhook: of your own choice, 16 characters or more. "
            "With Mailgun, its signing key.",
        ),
        made_up=True,
    ),
)
FIELDS: Final = _MAILBOX + _HABITS

_JA: Final = {
    "wrong": "入力のどこかに誤りがあります：{why}",
    "no_way_in": (
        "メールが入ってきません。受信サーバー（IMAP）か、Webhookの合言葉のどちらかが必要です。"
    ),
    "sending_login": (
        "送信できません：{host}がユーザー名とパスワードを認めません。"
        "二要素認証を使っているなら、アプリパスワードが要ります。サーバーの返事：{why}"
    ),
    "sending_certificate": (
        "送信できません：{host}の証明書が正しくありません（{why}）。"
        "サーバー名を、メール事業者の案内どおりに入れてください。"
    ),
    "sending_away": (
        "送信できません：{host}につながりません（{why}）。"
        "名前とポート、途中のファイアウォールを確かめてください。"
    ),
    "sending": "送信できません。{why}",
    "receiving_login": (
        "受信できません：{host}がユーザー名とパスワードを認めません。"
        "二要素認証を使っているなら、アプリパスワードが要ります。サーバーの返事：{why}"
    ),
    "receiving_certificate": (
        "受信できません：{host}の証明書が正しくありません（{why}）。"
        "サーバー名を、メール事業者の案内どおりに入れてください。"
    ),
    "receiving_away": (
        "受信できません：{host}につながりません（{why}）。"
        "名前とポート、途中のファイアウォールを確かめてください。"
    ),
    "receiving_folder": (
        "受信できません：{host}にフォルダー「{folder}」がありません。"
        "サーバーでの名前どおりに入れてください。サーバーの返事：{why}"
    ),
    "receiving": "受信できません。{why}",
    "plain": (
        "{host}との通信が暗号化されていません。パスワードとメールを途中で読まれるおそれがあります。"
    ),
    "public": (
        "{domain}のアドレスのメールには、お店が署名できません。"
        "お店のドメインのアドレスを使ってください。"
    ),
}
# Such mail goes out, and much of it ends up with the spam.
_LATER: Final = frozenset({"public"})

GUIDE: Final = Guide(
    before=(
        Told(
            "support@shop.exampleのような、お店のドメインのアドレスを用意します。",
            "Take an address of the shop's own domain, such as support@shop.example.",
        ),
        Told(
            "メール事業者の案内で、送信サーバー（SMTP）と受信サーバー（IMAP）の名前を調べます。"
            "OAuthでしかログインできない事業者は、まだ使えません。",
            "Look up the names of the servers for sending (SMTP) and receiving (IMAP) in the "
            "provider's help. Those that take log-ins by OAuth only do not work yet.",
        ),
        Told(
            "二要素認証を使っているなら、アプリパスワードを作ります。",
            "Where the log-in has a second factor, make an app password.",
        ),
        Told(
            "ドメインにSPFとDKIMを設定します。ないと迷惑メールに入ります。",
            "Set SPF and DKIM for the domain: without them mail ends up with the spam.",
        ),
    ),
    webhook=Told(
        "IMAPで受け取るなら不要です。メールを受け取るサービスから送ってもらうときに、"
        "その転送先に入れます（Postmark、SendGridでは「https://kaiwa:合言葉@…」の形で）。"
        "生のメールを送る設定にします。",
        "Not needed with IMAP. Where a service receives the mail, it is the address that the "
        "service posts to, as raw mail (Postmark, SendGrid: https://kaiwa:SECRET@…).",
    ),
    after=(
        Told(
            "別のアドレスからメールを送ってみます。1分ほどで会話になります。",
            "Send a mail from another address: within about a minute it is a conversation.",
        ),
    ),
    troubles=tuple(
        Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
    ),
)
