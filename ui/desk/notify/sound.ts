// Two soft notes, made here: no file is fetched. Of several tabs one rings.
import { safeStorage } from "../../kit/storage";

const APART_MS = 1_500;
const KEY = "kaiwa.rang";
const NOTES = [880, 1174.7];
const disk = safeStorage();
let audio: AudioContext | null = null;

export function ring(): void {
  const now = Date.now();
  if (now - Number(disk.get(KEY)) < APART_MS) return;
  disk.set(KEY, String(now));
  audio ??= new AudioContext();
  // A browser lets nothing sound before the page was used.
  void audio.resume().then(play, () => undefined);
}

function play(): void {
  if (!audio) return;
  NOTES.forEach((pitch, at) => {
    const from = audio!.currentTime + at * 0.14;
    const note = new OscillatorNode(audio!, { type: "sine", frequency: pitch });
    const loud = new GainNode(audio!, { gain: 0 });
    loud.gain.setValueAtTime(0, from);
    loud.gain.linearRampToValueAtTime(0.12, from + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
    note.connect(loud).connect(audio!.destination);
    note.start(from);
    note.stop(from + 0.32);
  });
}
