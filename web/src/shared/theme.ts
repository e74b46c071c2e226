import { effect, signal } from "@preact/signals";
import { kept } from "./storage";

export type Theme = "auto" | "light" | "dark";

const stored = kept<Theme>("scs.theme", "auto");
export const theme = signal<Theme>(stored.read());

export function wear(chosen: Theme): void {
  stored.write(chosen);
  theme.value = chosen;
}

/** Puts the choice where the style sheet looks for it; without one the system's preference holds. */
export function applyTheme(): void {
  effect(() => {
    if (theme.value === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme.value;
  });
}
