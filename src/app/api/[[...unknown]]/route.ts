export const dynamic = "force-dynamic";

/** Programs call what is under /api: an unknown path answers in JSON, never with a page. */
function notFound(): Response {
  return Response.json({ error: "There is nothing at this address.", code: "NOT_FOUND" }, { status: 404 });
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
