import { z } from "zod";

/** For verbs that judge the shape themselves, after authority: everything given, as one object. */
export const anyInput = z.record(z.string(), z.unknown());
