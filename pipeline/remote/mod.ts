/**
 * Places far away: how S3 and http servers are asked, and asked again.
 *
 * @module
 */
export { RemoteAccess } from "./remote_access.ts";
export type { RemoteOptions, RemoteSeams } from "./remote_options.ts";
export { connectionFault } from "./connection_fault.ts";
export { tagVersion, versionTag } from "./entity_tag.ts";
export { listKeys } from "./list_keys.ts";
export { Patience } from "./patience.ts";
export { FAILURES_TO_RENEW, persist, silentFault } from "./persist.ts";
export { RemoteFault, type RemoteReason } from "./remote_fault.ts";
export { s3Fault, type S3Request } from "./s3_fault.ts";
export { parseS3Place, type S3Place } from "./s3_place.ts";
export { statusFault } from "./status_fault.ts";
export { Watchdog } from "./watchdog.ts";
