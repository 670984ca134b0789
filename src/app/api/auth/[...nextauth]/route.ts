import { handleNextAuth } from "#server/auth/index";

export const dynamic = "force-dynamic";

export { handleNextAuth as GET, handleNextAuth as POST };
