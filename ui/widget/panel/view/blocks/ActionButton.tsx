import { Icon } from "../../../../kit/icons";
import type { Action } from "../../../../kit/types";
import type { Controller } from "../../controller";
import { webAddress } from "../../links";

interface Props {
  action: Action;
  class: string;
  controller: Controller;
}

export function ActionButton({ action, class: look, controller }: Props) {
  if (action.type === "reply") {
    return (
      <button class={look} type="button" onClick={() => pressed(action, controller)}>
        {action.label}
      </button>
    );
  }
  const address = action.type === "call" ? `tel:${action.phone.replace(/[^\d+]/g, "")}` : null;
  const href = action.type === "url" ? webAddress(action.url) : address;
  // Where a place is asked for, the shopper writes it: the browser's position is never taken.
  if (!href) return null;
  return (
    <a class={look} href={href} target={address ? undefined : "_blank"} rel="noopener noreferrer">
      {action.label}
      <Icon name={address ? "phone" : "open"} size={16} />
    </a>
  );
}

function pressed(action: Action, controller: Controller): void {
  controller.press(action);
  // The button may leave; the focus must not fall to the body. On touch a keyboard would hide the answer.
  const next = matchMedia("(pointer: fine)").matches ? "#field" : ".thread";
  document.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
}
