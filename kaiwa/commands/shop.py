"""shop, shipping, terms: how a shop sells, seen and changed."""

import argparse
import sys
from collections.abc import Iterator

from kaiwa.carriers import carrier
from kaiwa.commands.options import Commands, command, group, opened, pairs, the_merchant
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant, MerchantChange, change_merchant, merchant
from kaiwa.orders.area import prefectures_in
from kaiwa.orders.legal_notice import LegalNotice, legal_notice
from kaiwa.orders.shipping import Rate, add_rate, all_rates, end_rate
from kaiwa.orders.terms import GiftWrap, Terms, terms
from kaiwa.orders.terms_change import ChangeRules, ChangeWords, change_rules, change_words
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.money import Money

RULES = ("rounding", "return_days", "days_ahead", "first_number", "abandoned_after_minutes")
LOOKS = ("name", "language", "timezone", "bot_name", "accent", "bot_answers")
WORDS = tuple(name for name in ChangeWords.__struct_fields__ if name != "language")


def add(commands: Commands) -> None:
    """Add the groups."""
    _add_shop(group(commands, "shop", "how a shop shows itself and sells"))
    _add_shipping(group(commands, "shipping", "what sending costs"))
    _add_terms(group(commands, "terms", "the legal notice (特定商取引法)"))


def _add_shop(shop: Commands) -> None:
    command(shop, "show", _show_shop, "the shop's settings", merchant=True)
    one = command(shop, "set", _set_shop, "change the shop's settings", merchant=True)
    one.add_argument("--name")
    one.add_argument("--language", choices=["ja", "en"])
    one.add_argument("--timezone", metavar="ZONE", help="such as Asia/Tokyo")
    one.add_argument("--bot-name")
    one.add_argument("--accent", metavar="#RRGGBB")
    one.add_argument("--bot-answers", choices=["yes", "no"])
    one.add_argument("--rounding", choices=["down", "half_up", "up"], help="of tax, per rate")
    one.add_argument("--return-days", type=int, metavar="N", help="from delivery; 0: no returns")
    one.add_argument("--days-ahead", type=int, metavar="N", help="delivery dates to choose from")
    one.add_argument("--first-number", type=int, metavar="N", help="of orders, before the first")
    one.add_argument(
        "--abandoned-after", type=int, metavar="MINUTES", dest="abandoned_after_minutes",
        help="when a cart that is left counts as abandoned; 0: never",
    )  # fmt: skip
    one.add_argument("--wrap", action="append", metavar="CODE=PRICE", help="offer a gift wrap")
    one.add_argument("--wrap-title", action="append", metavar="CODE=TITLE", help="in --language")
    one.add_argument("--no-wrap", action="append", metavar="CODE", help="offer it no more")


def _add_shipping(shipping: Commands) -> None:
    one = command(shipping, "add", _add_rate, "offer a way to send", merchant=True)
    one.add_argument("name", help="as the shopper reads it, such as 宅急便")
    one.add_argument("--price", required=True, metavar="AMOUNT")
    one.add_argument("--carrier", default="generic", help="yamato, sagawa, japan_post, generic")
    one.add_argument(
        "--region", action="append", default=[], metavar="R",
        help="a prefecture or an area such as 関東 (repeat; none: the whole country)",
    )  # fmt: skip
    one.add_argument("--country", default="JP", metavar="CC")
    one.add_argument("--over", type=int, default=-1, metavar="G", help="for parcels over G grams")
    one.add_argument("--up-to", type=int, metavar="G", help="for parcels of up to G grams")
    one.add_argument("--free-from", metavar="AMOUNT", help="free for goods of so much")
    one.add_argument("--days", type=int, default=2, metavar="N", help="from order to door")
    one.add_argument("--plus-tax", action="store_true", help="the price is without tax")
    command(shipping, "list", _list_rates, "the ways to send", merchant=True)
    gone = command(shipping, "remove", _remove_rate, "offer a way no more", merchant=True)
    gone.add_argument("id", type=int, help="as `kaiwa shipping list` prints it")


def _add_terms(group_: Commands) -> None:
    one = command(group_, "set", _set_terms, "say what the law wants shown", merchant=True)
    one.add_argument("--language", choices=["ja", "en"], help="of these words; the shop's own")
    for name in WORDS:
        one.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    show = command(
        group_, "show", _show_terms, "the legal notice as shoppers see it", merchant=True
    )
    show.add_argument("--language", choices=["ja", "en"])


def _show_shop(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        shop, rules = house.db.read_now(lambda s: _shop(s, chosen))
    for line in _shop_lines(shop, rules):
        print(line)
    return 0


def _set_shop(chosen: argparse.Namespace) -> int:
    looks = {name: getattr(chosen, name) for name in LOOKS}
    if chosen.bot_answers is not None:
        looks["bot_answers"] = chosen.bot_answers == "yes"
    rules = {name: getattr(chosen, name) for name in RULES}

    def work(session: Session) -> tuple[Merchant, Terms]:
        shop, known = _shop(session, chosen)
        change_merchant(session, shop.id, MerchantChange(**looks))
        wraps = tuple(_wraps(chosen, shop, known))
        change = ChangeRules(**rules, wraps=wraps, unwrap=tuple(chosen.no_wrap or ()))
        change_rules(session, shop.id, change)
        return merchant(session, shop.id), terms(session, shop.id)

    with opened(chosen) as house:
        shop, now = house.db.write_now(work)
    for line in _shop_lines(shop, now):
        print(line)
    return 0


def _shop(session: Session, chosen: argparse.Namespace) -> tuple[Merchant, Terms]:
    shop = the_merchant(session, chosen)
    return shop, terms(session, shop.id)


def _wraps(chosen: argparse.Namespace, shop: Merchant, rules: Terms) -> Iterator[GiftWrap]:
    known = {wrap.code: wrap for wrap in rules.wraps}
    prices, titles = pairs(chosen.wrap), pairs(chosen.wrap_title)
    for code in dict.fromkeys((*prices, *titles)):
        old = known.get(code)
        if old is None and code not in prices:
            raise NotFound(f"There is no gift wrap {code!r}: give its price with --wrap.")
        amount = _amount(prices[code], shop) if code in prices else (old.amount_minor if old else 0)
        language = chosen.language or shop.language
        told = {language: titles[code]} if code in titles else {}
        yield GiftWrap(code, (old.titles if old else {}) | told, amount or 0)


def _shop_lines(shop: Merchant, rules: Terms) -> Iterator[str]:
    yield f"shop: {shop.slug} {shop.name}"
    yield f"language: {shop.language}  currency: {shop.currency}  time zone: {shop.timezone}"
    answers = "answers" if shop.settings.bot_answers else "is silent"
    accent = shop.settings.accent or "default"
    yield f"bot: {shop.settings.bot_name or '-'} ({answers})  accent: {accent}"
    returns = f"{rules.return_days} days from delivery" if rules.return_days else "not taken"
    yield f"returns: {returns}  delivery dates: {rules.days_ahead} days ahead"
    yield f"tax: rounded {rules.rounding} once per rate  first order: {rules.first_number}"
    left = rules.abandoned_after_minutes
    yield f"abandoned carts: {f'after {left} minutes' if left else 'not noticed'}"
    for wrap in rules.wraps:
        titles = ", ".join(f"{title} ({name})" for name, title in wrap.titles.items())
        price = Money(wrap.amount_minor, shop.currency).label()
        yield f"gift wrap: {wrap.code} {price} {titles}".rstrip()


def _add_rate(chosen: argparse.Namespace) -> int:
    def work(session: Session) -> str:
        shop = the_merchant(session, chosen)
        regions = [one for name in chosen.region for one in _regions(name, chosen.country)]
        rate = Rate(
            chosen.name.strip(),
            chosen.carrier,
            chosen.country.upper(),
            tuple(dict.fromkeys(regions)),
            chosen.over,
            chosen.up_to,
            _amount(chosen.price, shop) or 0,
            _amount(chosen.free_from, shop),
            tax_included=not chosen.plus_tax,
            days=chosen.days,
        )
        number = add_rate(session, shop.id, rate)
        return next(_rate_line(r, shop) for r in all_rates(session, shop.id) if r.id == number)

    with opened(chosen) as house:
        print(house.db.write_now(work))
    return 0


def _list_rates(chosen: argparse.Namespace) -> int:
    def look(session: Session) -> list[str]:
        shop = the_merchant(session, chosen)
        return [_rate_line(rate, shop) for rate in all_rates(session, shop.id)]

    with opened(chosen) as house:
        lines = house.db.read_now(look)
    for line in lines:
        print(line)
    if not lines:
        sys.stderr.write("Nothing can be sent yet. Run: kaiwa shipping add\n")
    return 0


def _remove_rate(chosen: argparse.Namespace) -> int:
    def work(session: Session) -> None:
        shop = the_merchant(session, chosen)
        if not end_rate(session, shop.id, chosen.id, now):
            raise NotFound(f"There is no rate {chosen.id}. Run: kaiwa shipping list")

    with opened(chosen) as house:
        now = house.clock.now()
        house.db.write_now(work)
    print(f"removed: {chosen.id}")
    return 0


def _regions(name: str, country: str) -> tuple[str, ...]:
    return prefectures_in(name) if country.upper() == "JP" else (name,)


def _rate_line(rate: Rate, shop: Merchant) -> str:
    price = Money(rate.amount_minor, shop.currency).label()
    parts = [f"rate: {rate.id} {rate.name} {price}{'' if rate.tax_included else ' plus tax'}"]
    if rate.free_from_minor is not None:
        parts.append(f"free from {Money(rate.free_from_minor, shop.currency).label()}")
    parts.append("、".join(rate.regions) or f"all of {rate.country}")
    if rate.over_g > 0:
        parts.append(f"over {rate.over_g} g")
    if rate.up_to_g is not None:
        parts.append(f"up to {rate.up_to_g} g")
    parts.append(f"{rate.days} days by {rate.carrier}")
    if slots := carrier(rate.carrier).slots:
        parts.append(f"slots {' '.join(slots)}")
    return ", ".join(parts)


def _amount(text: str | None, shop: Merchant) -> int | None:
    if text is None:
        return None
    try:
        return Money.parse(text.replace(",", ""), shop.currency).amount_minor
    except ValueError as error:
        raise Invalid(f"{error}.") from error


def _set_terms(chosen: argparse.Namespace) -> int:
    change = ChangeWords(chosen.language, **{name: getattr(chosen, name) for name in WORDS})

    def work(session: Session) -> LegalNotice:
        shop = the_merchant(session, chosen)
        change_words(session, shop.id, change)
        return legal_notice(session, shop.id, chosen.language or shop.language)

    with opened(chosen) as house:
        _say_missing(house.db.write_now(work))
    return 0


def _show_terms(chosen: argparse.Namespace) -> int:
    def look(session: Session) -> LegalNotice:
        shop = the_merchant(session, chosen)
        return legal_notice(session, shop.id, chosen.language or shop.language)

    with opened(chosen) as house:
        notice = house.db.read_now(look)
    for row in notice.rows:
        first, *rest = row.text.splitlines()
        print(f"{row.label}: {first}", *(f"  {line}" for line in rest), sep="\n")
    _say_missing(notice)
    return 0 if notice.complete else 1


def _say_missing(notice: LegalNotice) -> None:
    if notice.complete:
        sys.stderr.write("The notice says all that the law asks for.\n")
        return
    wants = {"payment": "a way to pay", "fees": "a rate (kaiwa shipping add) or --fees"}
    missing = [wants.get(key, f"--{key.replace('_', '-')}") for key in notice.missing]
    sys.stderr.write(f"Still missing: {', '.join(missing)}\n")
