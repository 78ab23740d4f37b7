/** What people marked, and what they listened to. */
export type { Annotation, AnnotationOptions } from "./annotation.ts";
export { certainAnnotations, type LabelChoice, UNCERTAIN_LABELS } from "./certain_annotations.ts";
export { joinPieces } from "./join_pieces.ts";
export { readAnnotations } from "./read_annotations.ts";
export { readCoverage } from "./read_coverage.ts";
