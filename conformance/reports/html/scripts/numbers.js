/** Numbers in words. */

/** `1,234` */
export function thousands(number) {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `1 clause`, `2 clauses` */
export function count(number, noun) {
  return `${thousands(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** `99.9 %`: never rounded up, so that what is not all never looks like all; a dash for none of none. */
export function percent(some, all) {
  return all ? `${(Math.floor((some / all) * 1000) / 10).toFixed(1)} %` : "–";
}

/** `12/13`, a dash where there is nothing to count. */
export function fraction(some, all) {
  return all ? `${some}/${all}` : "–";
}

/** `4 min 32 s` */
export function duration(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `2026-11-21 19:07 UTC`; times of other zones as they are. */
export function moment(made) {
  const utc = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?(?:\+00:00|Z)$/.exec(made);
  return utc ? `${utc[1]} ${utc[2]} UTC` : made;
}
