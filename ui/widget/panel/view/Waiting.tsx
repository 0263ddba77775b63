// A person was asked for: what happens next and what is not lost. No position is shown, because none is known.
import { Icon } from "../../../kit/icons";
import { useWords } from "../words";

export function Waiting() {
  const { t } = useWords();
  return (
    <section class="card waiting" role="status">
      <div class="waiting-head">
        <span class="avatar avatar-36 avatar-person person-1">
          <Icon name="people" />
        </span>
        <div>
          <h2>{t("waitingTitle")}</h2>
          <p>{t("waitingText")}</p>
        </div>
      </div>
      <ul class="checks">
        <li>
          <Icon name="check" size={16} />
          {t("waitingKept")}
        </li>
        <li>
          <Icon name="check" size={16} />
          {t("waitingPlace")}
        </li>
      </ul>
    </section>
  );
}
