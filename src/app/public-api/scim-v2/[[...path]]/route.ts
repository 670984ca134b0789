import { handleScim } from "#server/scim/index";

export const dynamic = "force-dynamic";

export const GET = handleScim;
export const HEAD = handleScim;
export const POST = handleScim;
export const PUT = handleScim;
export const PATCH = handleScim;
export const DELETE = handleScim;
export const OPTIONS = handleScim;
