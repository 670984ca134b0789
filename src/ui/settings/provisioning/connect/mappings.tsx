import { ArrowRight } from "lucide-react";

interface Mapping {
  readonly from: string;
  readonly to: string;
  readonly note: string;
  /** Entra proposes something else. */
  readonly change?: true;
}

/** To look at before the first cycle. */
const IMPORTANT: readonly Mapping[] = [
  {
    from: "userPrincipalName",
    to: "userName",
    note: "People are matched by it: “Match objects using this attribute” Yes, precedence 1. Keep.",
  },
  {
    from: "objectId",
    to: "externalId",
    note: "Change this one: Entra proposes mailNickname, which can change and repeat.",
    change: true,
  },
  {
    from: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    to: "active",
    note: "Cuts people off when they leave. Keep.",
  },
];

const OTHERS: readonly Mapping[] = [
  { from: "displayName", to: "displayName", note: "The name that others see. Keep." },
  { from: "mail", to: 'emails[type eq "work"].value', note: "The address. Keep." },
  { from: "givenName, surname", to: "name.givenName, name.familyName", note: "Keep." },
  {
    from: "SingleAppRoleAssignment([appRoleAssignments])",
    to: 'roles[primary eq "True"].value',
    note: "Add it only if Entra shall decide who edits and who views: app roles with the values editor and viewer.",
  },
];

/** The attributes that matter, in the order of Entra's own table. */
export function Mappings() {
  return (
    <div className="rounded-lg border border-line">
      <MappingList label="To look at before the first cycle" mappings={IMPORTANT} />
      <MappingList label="The rest" mappings={OTHERS} />
    </div>
  );
}

function MappingList({ label, mappings }: { readonly label: string; readonly mappings: readonly Mapping[] }) {
  return (
    <section aria-label={label}>
      <h3 className="border-b border-line bg-paper px-3 py-1.5 text-xs font-medium text-ink-soft">{label}</h3>
      <dl className="divide-y divide-line">
        {mappings.map((mapping) => (
          <div
            key={mapping.to}
            className="grid gap-x-5 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]"
          >
            <dt className="min-w-0 font-mono text-xs leading-5">
              <span className="break-words">{mapping.from}</span>
              <span className="flex items-start gap-1.5">
                <ArrowRight
                  size={14}
                  strokeWidth={1.75}
                  aria-label="goes to"
                  className="mt-[3px] shrink-0 text-ink-soft"
                />
                <span className="min-w-0 break-words">{mapping.to}</span>
              </span>
            </dt>
            <dd className={mapping.change ? "text-sm font-medium" : "text-sm text-ink-soft"}>
              {mapping.note}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
