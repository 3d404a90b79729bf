import { ForbiddenNotice } from "../_parts/lost.tsx";

export default ForbiddenNotice;
