/** Light or dark: as the system has it until somebody chooses, which is remembered where that is possible. */

const KEY = "awsconform-theme";

/** Makes the button work that is in the page's header. */
export function themeButton(made) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = remembered();
  const show = () => {
    const theme = chosen ?? (dark.matches ? "dark" : "light");
    if (chosen) document.documentElement.dataset.theme = chosen;
    made.setAttribute("aria-pressed", String(theme === "dark"));
  };
  made.addEventListener("click", () => {
    chosen = made.getAttribute("aria-pressed") === "true" ? "light" : "dark";
    remember(chosen);
    show();
  });
  dark.addEventListener("change", show);
  show();
}

function remembered() {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : null;
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice holds as long as the page is open.
  }
}
