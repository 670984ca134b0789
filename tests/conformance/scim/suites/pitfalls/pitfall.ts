import type { Api, Resource } from "../../api";

/** The number by which the contract names it, what went wrong elsewhere, and how to see that it does not here. */
export type Pitfall = readonly [number: number, what: string, check: (api: Api) => Promise<void>];

/** A resource's path. */
export const path = (resource: Resource, type = "Users"): string => `/${type}/${String(resource["id"])}`;
