import { NotFoundNotice } from "../_parts/lost.tsx";

export default NotFoundNotice;
