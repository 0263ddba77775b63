// The shop itself: what it is called, where its clock stands, and whether the bot answers.
import { useId, useState } from "preact/hooks";
import { useDesk } from "../../state/desk-context";
import type { Language } from "../../../kit/types";
import { get, post } from "../../state/api";
import { session } from "../../account/session";
import { useWords } from "../../words/words";
import { TextField } from "../Field";
import { useAct } from "../parts/act";
import { Loaded, useKnown } from "../parts/Loaded";
import { Outcome, Part, Save } from "../parts/Parts";
import { Pick, Tick } from "../parts/Pick";
import { linkTo } from "../place";
import type { Ratings, Shop, ShopSeen } from "../../server";

export function ShopPage() {
  const known = useKnown<ShopSeen>(() => get("/api/shop"));
  return <Loaded known={known}>{(answer) => <ShopForm first={answer.shop} zones={answer.timezones} />}</Loaded>;
}

function ShopForm({ first, zones }: { first: Shop; zones: readonly string[] }) {
  const t = useWords();
  const { agent } = useDesk();
  const act = useAct();
  const [kept, setKept] = useState(first);
  const [shop, setShop] = useState(first);
  const change = (part: Partial<Shop>) => setShop({ ...shop, ...part });
  const clean = JSON.stringify(shop) === JSON.stringify(kept);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (clean) return;
    const { name, language, timezone, bot_answers, asks_rating } = shop;
    await act.run(async () => {
      const answer = await post("/api/shop", { name, language, timezone, bot_answers, asks_rating });
      setKept(answer.shop);
      setShop(answer.shop);
      // The head of the desk names the shop, and times are told by its clock.
      const merchant = { ...agent.merchant, name: answer.shop.name, timezone: answer.shop.timezone };
      session.set({ agent: { ...agent, merchant } });
    }, t("settings.changed"));
  };
  return (
    <main class="settings-page">
      <form class="settings-form-one" onSubmit={save}>
        <Part title={t("shop.about")}>
          <TextField label={t("shop.name")} value={shop.name} most={100} onValue={(name) => change({ name })} />
          <div class="pair">
            <Pick label={t("shop.language")} value={shop.language} options={["ja", "en"] as Language[]} words={(one) => t(`voice.language.${one}`)} onValue={(language) => change({ language })} />
            <Zone value={shop.timezone} zones={zones} onValue={(timezone) => change({ timezone })} />
          </div>
          <p class="quiet">{t("shop.currency", { currency: shop.currency, slug: shop.slug })}</p>
        </Part>
        <Part title={t("shop.answers")}>
          <Tick words={t("shop.botAnswers")} value={shop.bot_answers} onValue={(bot_answers) => change({ bot_answers })} />
          <p>
            <a class="link" {...linkTo("voice")}>
              {t("shop.hours")}
            </a>
          </p>
        </Part>
        <Part title={t("shop.ratings")}>
          <Tick words={t("shop.asksRating")} value={shop.asks_rating} onValue={(asks_rating) => change({ asks_rating })} />
          <Content />
        </Part>
        <div class="part-foot">
          <Outcome act={act} />
          <Save act={act} clean={clean} />
        </div>
      </form>
    </main>
  );
}

/** Which definition the number follows is said beside it. */
function Content() {
  const t = useWords();
  const { data } = useKnown<Ratings>(() => get("/api/ratings"));
  if (!data) return null;
  const { asked, answered, percent, definition } = data;
  return (
    <p class="quiet">
      {percent === null ? t("shop.notRated") : t("shop.rated", { asked, answered, percent })} <span class="chip">{definition}</span>
    </p>
  );
}

function Zone({ value, zones, onValue }: { value: string; zones: readonly string[]; onValue: (zone: string) => void }) {
  const t = useWords();
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{t("shop.zone")}</label>
      <input id={id} class="input" list={`${id}-zones`} value={value} maxLength={60} onInput={(event) => onValue(event.currentTarget.value)} />
      <datalist id={`${id}-zones`}>
        {zones.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </div>
  );
}
