// Icons drawn by us: a 24 grid, round caps, never filled. They are decoration; the words beside them speak.
import { paths } from "./icons-paths";

export type IconName = keyof typeof paths;

interface IconProps {
  name: IconName;
  size?: 14 | 16 | 20 | 24;
  class?: string;
}

export function Icon({ name, size = 20, class: extra }: IconProps) {
  const stroke = size === 24 ? 1.6 : 1.75;
  // The grid is 24 wide, so a stroke of 1.75 on screen is wider in the grid of a smaller icon.
  return (
    <svg
      class={extra ? `icon ${extra}` : "icon"}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      stroke-width={(stroke * 24) / size}
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
