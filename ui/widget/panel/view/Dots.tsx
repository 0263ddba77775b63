// Three dots: somebody is writing.
export function Dots({ bubble }: { bubble?: boolean }) {
  return (
    <span class={bubble ? "dots dots-bubble" : "dots"} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
