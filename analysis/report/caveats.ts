/** What holds for every report of scores, whatever they say. */
export const CAVEATS: readonly string[] = [
  "Scores are not probabilities. A score of 0.9 does not mean that nine of ten such seconds are " +
  "whales, unless they were calibrated on annotated audio of this place (evaluate). The threshold is " +
  "a choice: how the answer changes with it stands below, by threshold.",
  "Received song is not whales. More song is more sound of song at the hydrophone: it may be one " +
  "whale or many, near or far, and males sing.",
  "Noise hides song. Ships, wind and rain make song harder to find, and follow the hour and the " +
  "season themselves: corrected counts of humpback whales have lost most of their daily and " +
  "yearly pattern (Helble 2013). No correction for noise is made here.",
  "No song found is not no whales. Whales that do not sing, sing too faintly, or sing while the " +
  "recorder was off are not in it. Time that was not heard is left out, and never counted as 0.",
  "A detector makes mistakes that depend on the place. Listen to the random sample below, not only " +
  "to the best calls, before anything is published.",
];
