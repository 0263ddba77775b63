// A quiet shelf of tools beside the door: drawn, so that nothing is downloaded and both themes fit.
export function Shelf() {
  return (
    <div class="shelf" aria-hidden="true">
      <svg viewBox="0 0 520 520" class="shelf-drawing">
        <g class="shelf-wood">
          <rect x="0" y="130" width="520" height="9" rx="2" />
          <rect x="0" y="320" width="520" height="9" rx="2" />
          <rect x="0" y="508" width="520" height="9" rx="2" />
          <rect x="30" y="139" width="5" height="369" />
          <rect x="485" y="139" width="5" height="369" />
        </g>
        <g class="shelf-dark">
          <path d="M76 92h88c0 24-14 38-32 38h-24c-18 0-32-14-32-38z" />
          <path d="M78 86c0-26 18-38 42-38s42 12 42 38z" />
          <rect x="110" y="36" width="20" height="12" rx="5" />
          <rect x="66" y="84" width="108" height="9" rx="4.5" />
        </g>
        <g class="shelf-dark">
          <path d="M226 96c0-20 14-30 34-30s34 10 34 30c0 22-12 34-24 34h-20c-12 0-24-12-24-34z" />
          <path d="M229 92l-24-18 6-6 22 10z" />
          <path d="M232 68c2-22 14-32 28-32s26 10 28 32h-7c-2-17-10-25-21-25s-19 8-21 25z" />
        </g>
        <g>
          <path class="shelf-pale" d="M372 60h60v56c0 9-6 14-14 14h-32c-8 0-14-5-14-14z" />
          <rect class="shelf-ai" x="372" y="84" width="60" height="6" />
          <path class="shelf-handle" d="M432 72c26-3 28 38 0 36" />
        </g>
        <g>
          <path class="shelf-shu" d="M72 252h84c0 34-16 52-34 54v14h-16v-14c-18-2-34-20-34-54z" />
          <ellipse class="shelf-shu-deep" cx="114" cy="252" rx="42" ry="7" />
        </g>
        <g class="shelf-matsu">
          <rect x="222" y="254" width="80" height="20" rx="9" />
          <rect x="222" y="276" width="80" height="20" rx="9" />
          <rect x="222" y="298" width="80" height="22" rx="9" />
        </g>
        <g>
          <path class="shelf-pale" d="M376 250h52l10 70h-72z" />
          <path class="shelf-amber" d="M371 284h62l5 36h-72z" />
          <rect class="shelf-handle-fill" x="372" y="238" width="60" height="12" rx="5" />
        </g>
        <g>
          <rect class="shelf-oak" x="78" y="436" width="76" height="72" rx="9" />
          <rect class="shelf-oak" x="104" y="424" width="24" height="24" rx="7" />
          <path class="shelf-grain" d="M78 456h76M78 474h76M78 492h76" />
        </g>
        <g>
          <path class="shelf-cream" d="M222 464c0-26 18-36 40-36s40 10 40 36c0 28-14 44-30 44h-20c-16 0-30-16-30-44z" />
          <rect class="shelf-oak" x="212" y="462" width="100" height="9" rx="4.5" />
          <rect class="shelf-oak" x="252" y="414" width="20" height="13" rx="5" />
        </g>
        <g>
          <path class="shelf-oak" d="M368 450l40-16 40 16v44l-40 14-40-14z" />
          <path class="shelf-grain" d="M368 450l40 15 40-15M408 465v43" />
          <path class="shelf-ribbon" d="M386 442l42 15v15" />
        </g>
      </svg>
    </div>
  );
}
