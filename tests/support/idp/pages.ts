import type { TestPerson } from "./build-response";

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1.5rem}
h1{font-size:1.35rem;margin:0 0 .25rem}p{margin:.25rem 0 1.25rem;opacity:.75}
button{display:block;width:100%;text-align:left;font:inherit;padding:.7rem 1rem;margin:.5rem 0;border:1px solid #8886;border-radius:.6rem;background:transparent;cursor:pointer}
button:hover,button:focus-visible{border-color:#3b6cf6;outline:2px solid #3b6cf6}small{display:block;opacity:.7}
</style>${body}</html>`;
}

/** The page where one picks who to be. `fields` are handed on with the choice. */
export function pickPersonPage(
  people: readonly TestPerson[],
  action: string,
  fields: Readonly<Record<string, string>>,
): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
  const buttons = people
    .map(
      (person) =>
        `<button name="user" value="${escapeHtml(person.userName)}">${escapeHtml(person.displayName ?? person.userName)}<small>${escapeHtml(person.userName)}</small></button>`,
    )
    .join("");
  return page(
    "Test identity provider",
    `<h1>Pick an account</h1><p>A local identity provider for tests and the demo. It asks for no password.</p>
<form method="get" action="${escapeHtml(action)}">${hidden}${buttons}</form>`,
  );
}

/** The form that carries the response to the service provider and sends itself. */
export function postFormPage(acsUrl: string, samlResponse: string, relayState: string | null): string {
  const relay =
    relayState === null ? "" : `<input type="hidden" name="RelayState" value="${escapeHtml(relayState)}">`;
  return page(
    "Signing in",
    `<form method="post" action="${escapeHtml(acsUrl)}"><input type="hidden" name="SAMLResponse" value="${escapeHtml(samlResponse)}">${relay}
<noscript><button>Continue</button></noscript></form><script>document.forms[0].submit()</script>`,
  );
}

export function problemPage(problem: string): string {
  return page(
    "Test identity provider",
    `<h1>This request cannot be answered</h1><p>${escapeHtml(problem)}</p>`,
  );
}
