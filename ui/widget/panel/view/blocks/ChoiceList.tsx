import { Icon } from "../../../../kit/icons";
import type { Block, ChoiceItem } from "../../../../kit/types";
import type { Controller } from "../../controller";

interface Props {
  block: Extract<Block, { type: "choice_list" }>;
  controller: Controller;
}

export function ChoiceList({ block, controller }: Props) {
  return (
    <section class="card choices">
      {block.title && <h2>{block.title}</h2>}
      <ul>
        {block.items.map((item, at) => (
          <li key={at}>
            <Choice item={item} controller={controller} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Choice({ item, controller }: { item: ChoiceItem; controller: Controller }) {
  const { title, description, action } = item;
  const press = () => (action ? controller.press(action) : controller.say(title));
  return (
    <button class="choice" type="button" onClick={press}>
      <span>
        <strong>{title}</strong>
        {description && <small>{description}</small>}
      </span>
      <Icon name="right" size={16} />
    </button>
  );
}
