/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { runCampaign } from "../../bench/coverage/campaign.ts";

/** Runs a tenth of the campaign, the truth from fewer draws, for the worlds that it is told. */
self.onmessage = ({ data }: MessageEvent<string[]>): void => {
  const options = { series: 40, seed: 1, truthDraws: 100, only: data };
  self.postMessage([...runCampaign(options)].flat());
};
