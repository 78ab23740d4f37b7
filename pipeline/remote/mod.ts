/**
 * Places far away: how S3 and http servers are asked, and asked again.
 *
 * @module
 */
export { RemoteAccess } from "./remote_access.ts";
export type { RemoteOptions, RemoteSeams } from "./remote_options.ts";
