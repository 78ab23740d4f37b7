/** How numbers of a column are shown: hours and minutes, per cent, a chance; else three digits. */
export type ColumnKind = "seconds" | "share" | "chance";

/** A heading, what stands below it, and how its numbers are shown. */
export type ColumnWords = readonly [heading: string, meaning: string, kind?: ColumnKind];

const LOW = "Lower end of the 95 % interval of the figure before it";
const HIGH = "Upper end of that interval";
const TRUST =
  "How far the interval can be relied on: reliable, approximate, or no interval where there is too " +
  "little for one (docs/statistics.md)";

/** Says in words what the columns of a report's tables are, by their names in files. */
export const COLUMN_WORDS: Readonly<Record<string, ColumnWords>> = {
  start: ["from", "First day (UTC)"],
  stop: ["to", "The day after the last (UTC)"],
  days: ["days", "Days in it"],
  effort_s: ["heard", "Time with scores, in the CSV in seconds", "seconds"],
  possible_s: ["all time", "Time that there was, in the CSV in seconds", "seconds"],
  scheduled_s: ["to be recorded", "Time that the schedule asks for, in seconds", "seconds"],
  coverage: ["part heard", "Time heard of the time to be recorded", "share"],
  call_s: ["song", "Time with song, in the CSV in seconds", "seconds"],
  naive: ["song of time heard", "Plain song over time heard, uneven effort and all", "share"],
  proportion: [
    "share of time with song",
    "The same, with uneven effort over months and hours made up for",
    "share",
  ],
  low: ["low", LOW, "share"],
  high: ["high", HIGH, "share"],
  trust: ["interval", TRUST],
  block_days: ["block (days)", "Length of the blocks of days that the interval is from"],
  blocks: ["blocks", "Number of those blocks"],
  season: ["season", "Years of the season"],
  first: ["first", "First day with song, or the first of two that are compared"],
  second: ["second", "The second of two that are compared"],
  last: ["last", "Last day with song"],
  from_5: ["5 % sung", "Day by which 5 % of the season's song had been heard"],
  to_95: ["95 % sung", "Day by which 95 % of the season's song had been heard"],
  days_with_song: ["days with song", "Days with song for at least 2 % of the time heard"],
  days_heard: ["days heard", "Days of which at least half was heard"],
  unheard_before_first: ["unheard days before", "Days not heard just before the first"],
  unheard_after_last: ["unheard days after", "Days not heard just after the last"],
  unanswered: ["no answer as", "Why there is no answer"],
  middle: ["middle", "Middle of those 30 days"],
  light: ["light", "Class of light, by the altitude of the sun"],
  occupancy: ["part with song", "Of all time of this class, the part with song", "share"],
  occupancy_low: ["low", LOW, "share"],
  occupancy_high: ["high", HIGH, "share"],
  occupancy_trust: ["interval", TRUST],
  same_days: [
    "part with song, same days",
    "Of this class's time, the part with song, on days that have all classes",
    "share",
  ],
  same_days_low: ["low", LOW, "share"],
  same_days_high: ["high", HIGH, "share"],
  same_days_trust: ["interval", TRUST],
  share_of_song: ["share of all song", "Of all song, the part that fell in this class", "share"],
  share_low: ["low", LOW, "share"],
  share_high: ["high", HIGH, "share"],
  share_trust: ["interval", TRUST],
  naive_share: ["plain share", "The share of all song, not corrected for uneven effort", "share"],
  months: ["months", "Calendar months that were heard in both"],
  first_scheduled: ["first to be recorded", "Part of the first's time to be recorded", "share"],
  second_scheduled: ["second to be recorded", "Part of the second's time to be recorded", "share"],
  first_proportion: ["song in the first", "Share of its time with song", "share"],
  second_proportion: ["song in the second", "Share of its time with song", "share"],
  difference: [
    "difference",
    "How much more of the time had song: of seasons, second less first; of light, first less " +
    "second; else less the day's mean, or farther off",
    "share",
  ],
  quotient: ["quotient", "Second over first"],
  quotient_low: ["low", LOW],
  quotient_high: ["high", HIGH],
  t: ["t", "Student's t"],
  freedom: ["degrees of freedom", "Degrees of freedom of t"],
  p: ["p", "Chance of a difference this far from 0 where there is none", "chance"],
  p_holm: ["p (Holm)", "The same, adjusted for all pairs after Holm", "chance"],
  hour: ["hour", "Hour of the day, from 0"],
  month: ["month", "Month of the year"],
  minutes: ["minutes from", "Minutes after sunrise or sunset; before it with a minus"],
  threshold: ["threshold", "Scores of at least this count as song"],
  calls: ["bouts", "Bouts found"],
  calls_per_hour: ["bouts an hour", "Bouts for each hour heard"],
  hours_with_song: ["hours with song", "Hours of the clock with song"],
  hours_heard: ["hours heard", "Hours of the clock with any time heard"],
  from: ["score from", "Lower end of the scores"],
  to: ["to", "Upper end of the scores"],
  seconds: ["time", "Time with such scores, in the CSV in seconds", "seconds"],
  moments: ["moments", "How many there are"],
  near_effort_s: ["heard near", "Time heard near them, in the CSV in seconds", "seconds"],
  near: ["song near", "Part of that time with song", "share"],
  beside_effort_s: [
    "heard farther off",
    "Time heard farther off, in the CSV in seconds",
    "seconds",
  ],
  beside: ["song farther off", "Part of that time with song", "share"],
  gaps: ["gaps", "Gaps that begin in this hour"],
  unheard_s: ["not heard", "Time in them, in the CSV in seconds", "seconds"],
  reason: ["reason", "Why nothing was scored"],
  hours: ["hours", "Hours without scores for this reason"],
  group: ["group", "Recordings of one number have the same bytes"],
  file: ["file", "Name of the recording"],
};

/** Says in words what tables hold as short values. */
export const VALUE_WORDS: Readonly<Record<string, string>> = {
  sound: "reliable",
  descriptive: "no interval",
};
