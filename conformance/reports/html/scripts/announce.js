/** What happened, for those who do not see it. */

/** Says a sentence through the page's live region, once typing has paused. */
export function announce(text) {
  clearTimeout(announce.later);
  announce.later = setTimeout(() => {
    document.getElementById("announcements").textContent = text;
  }, 150);
}
