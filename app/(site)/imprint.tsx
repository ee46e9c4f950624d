// The imprint of the stamp, as on the back of a hand. Decoration: it says nothing that the text does not.

export const Imprint = () => (
  <svg
    viewBox="0 0 240 240"
    aria-hidden="true"
    className="hidden size-60 shrink-0 -rotate-12 fill-primary stroke-primary lg:block"
  >
    <defs>
      <path id="imprint-round" d="M120 120m-84 0a84 84 0 1 1 168 0a84 84 0 1 1-168 0" />
    </defs>
    <g fill="none" strokeWidth="3">
      <circle cx="120" cy="120" r="114" />
      <circle cx="120" cy="120" r="106" strokeWidth="1.5" />
      <circle cx="120" cy="120" r="70" strokeWidth="1.5" />
    </g>
    <text stroke="none" className="font-mono text-[15px] font-semibold tracking-[0.13em]">
      <textPath href="#imprint-round" textLength="516">
        STAMPED ONCE · CHECKED AT EVERY DOOR ·{' '}
      </textPath>
    </text>
    <path d="M88 122l22 22 44-50" fill="none" strokeWidth="13" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)
