/**
 * Why a row has no answer, where it has none. `not there`: the place has no such class of light in
 * this time. `not heard`: no effort. `heard too little`: some effort, but nowhere the half that the
 * answer takes, as with a duty cycle whose schedule the table does not have (`scheduled_s`). `never on
 * one day`: classes of light were heard, but on no day all of them. `too short`: the table has fewer
 * days than the answer takes. `no song`: it was heard, and has none. `too little song`: it has
 * some, but no two days of it within a week that count.
 */
export type Unanswered =
  | "not there"
  | "not heard"
  | "heard too little"
  | "never on one day"
  | "too short"
  | "no song"
  | "too little song";
