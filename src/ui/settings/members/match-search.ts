/** Whether every word of the search is in the member's name, addresses or groups, whatever the case or accents. */
export function matchesSearch(
  member: {
    readonly name: string;
    readonly email: string | null;
    readonly userName: string;
    readonly groups: readonly string[];
  },
  search: string,
): boolean {
  const text = plain([member.name, member.email ?? "", member.userName, ...member.groups].join(" "));
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
