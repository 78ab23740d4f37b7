/**
 * Where google/humpback_whale/1 is published, in the order to try. TF Hub now forwards to Kaggle;
 * Kaggle's form of address is that of its own client, kagglehub
 * (`models/OWNER/MODEL/FRAMEWORK/VARIATION/VERSION/download` below `api/v1`).
 */
export const PUBLISHED_HOMES: readonly string[] = [
  "https://tfhub.dev/google/humpback_whale/1?tf-hub-format=compressed",
  "https://storage.googleapis.com/tfhub-modules/google/humpback_whale/1.tar.gz",
  "https://www.kaggle.com/api/v1/models/google/humpback-whale/tensorFlow2/humpback-whale/1/download",
];
