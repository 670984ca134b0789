/** Chalkroom's mark: a board with one line of chalk on it. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden className="shrink-0">
      <rect width="32" height="32" rx="8" fill="#1d6f5a" />
      <path
        d="M22.6 11.4C20.9 9.2 18.4 8 15.7 8.2c-4.2.3-7.4 3.7-7.2 8 .2 4.2 3.6 7.4 7.8 7.3 2.4 0 4.6-1 6.2-2.9"
        stroke="#f7f7f4"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="22.9" cy="16" r="1.7" fill="#fbe39b" />
    </svg>
  );
}
