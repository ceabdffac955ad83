/** On paper nothing can be opened: what is closed is opened for it, and closed again. */

/** Opens the details of the page while it is printed. */
export function openForPrinting() {
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    for (const details of closed) {
      details.dispatchEvent(new Event("fill"));
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed = [];
  });
}
