import { hueOf } from "./hue";
import { initials } from "./initials";

/** A person's initials on a colour of their own. Decoration beside the name, so hidden from screen readers. */
export function Avatar({ name, size = 24 }: { readonly name: string; readonly size?: number }) {
  const hue = hueOf(name);
  return (
    <span
      aria-hidden
      className="inline-grid shrink-0 place-items-center rounded-full font-semibold select-none"
      style={{
        width: size,
        height: size,
        fontSize: Math.max(10, Math.round(size * 0.4)),
        background: `var(--${hue}-note)`,
        color: `var(--${hue}-text)`,
      }}
    >
      {initials(name)}
    </span>
  );
}
