// The second factor on one's own page: off, being set up, or on with its codes.
import { useState } from "preact/hooks";
import { AskPassword, FactorSetUp } from "../../account/FactorSetUp";
import { type Codes, type Factor, otherCodes, ownFactor, turnOff } from "../../account/factor";
import { PaperCodes } from "../../account/PaperCodes";
import { Glyph } from "../../icons";
import { shortDate } from "../../words/time";
import { useLanguage, useWords } from "../../words/words";
import { useKnown } from "../parts/Loaded";
import { Fault, Part } from "../parts/Parts";

type Doing = "set up" | "off" | "codes" | null;

export function FactorPart({ email }: { email: string }) {
  const t = useWords();
  const known = useKnown(ownFactor);
  return (
    <Part title={t("factor.title")} lead={t("factor.lead")}>
      {known.data && <State email={email} factor={known.data.factor} set={(factor) => known.set({ factor })} />}
      <Fault words={known.fault} />
      {known.fault && (
        <button type="button" class="act" onClick={known.load}>
          {t("desk.again")}
        </button>
      )}
    </Part>
  );
}

interface StateProps {
  email: string;
  factor: Factor | null;
  set: (factor: Factor | null) => void;
}

function State({ email, factor, set }: StateProps) {
  const [doing, setDoing] = useState<Doing>(null);
  const [codes, setCodes] = useState<Codes | null>(null);
  const done = (one: Factor | null) => {
    set(one);
    setDoing(null);
    setCodes(null);
  };
  if (codes) return <PaperCodes codes={codes.recovery_codes} onDone={() => done(codes.second_factor)} />;
  if (doing === "set up") return <FactorSetUp email={email} onDone={(made) => done(made.second_factor)} />;
  return (
    <>
      <Standing factor={factor} doing={doing} onDo={setDoing} />
      {doing === "off" && <AskPassword key="off" email={email} words="factor.off" onPassword={async (password) => done((await turnOff(password), null))} />}
      {doing === "codes" && <AskPassword key="codes" email={email} words="factor.paper.new" onPassword={async (password) => setCodes(await otherCodes(password))} />}
    </>
  );
}

function Standing({ factor, doing, onDo }: { factor: Factor | null; doing: Doing; onDo: (doing: Doing) => void }) {
  const t = useWords();
  const language = useLanguage();
  const choice = (wanted: Doing, words: string) => (
    <button type="button" class="act" aria-expanded={doing === wanted} onClick={() => onDo(doing === wanted ? null : wanted)}>
      {words}
    </button>
  );
  if (!factor)
    return (
      <div class="part-foot">
        <p class="quiet outcome">{t("factor.isOff")}</p>
        <button type="button" class="act" onClick={() => onDo("set up")}>
          <Glyph name="lock" size={14} />
          {t("factor.setUp")}
        </button>
      </div>
    );
  return (
    <div class="part-foot">
      <p class={factor.recovery_left > 2 ? "quiet outcome" : "fault outcome"}>
        <Glyph name={factor.recovery_left > 2 ? "check" : "alert"} size={14} />
        {t("factor.isOn", { day: shortDate(factor.on_since, language), n: factor.recovery_left })}
      </p>
      {choice("codes", t("factor.paper.new"))}
      {choice("off", t("factor.off"))}
    </div>
  );
}
