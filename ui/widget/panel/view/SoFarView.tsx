// The answer while it is being made, where its message will stand. It is not read aloud: the message is.
import type { SoFar } from "../so-far";
import { Bubble } from "./Bubble";
import { Dots } from "./Dots";
import { Speaker } from "./Group";

export function SoFarView({ soFar, botName }: { soFar: SoFar; botName: string }) {
  return (
    <div class="so-far" aria-busy="true" aria-live="off">
      <div class="group">
        <Speaker name={botName} person={false} />
        <div class="message message-new">
          {soFar.texts.map((text, at) => (
            <Bubble key={at} text={text} />
          ))}
        </div>
        <p class="group-time">
          <Dots />
        </p>
      </div>
    </div>
  );
}
