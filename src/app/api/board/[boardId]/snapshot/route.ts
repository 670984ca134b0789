import { respondWithSnapshot } from "#server/realtime/index";

export const dynamic = "force-dynamic";

export async function GET(
  request: Request,
  context: { params: Promise<{ boardId: string }> },
): Promise<Response> {
  const { boardId } = await context.params;
  return respondWithSnapshot(request, boardId);
}
