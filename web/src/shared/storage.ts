/** One value kept across reloads; where the browser keeps nothing (private frames), for the page's life. */
export interface Kept<T> {
  read(): T;
  write(value: T): void;
}

export type Shelf = Pick<Storage, "getItem" | "setItem">;

function memory(): Shelf {
  const held = new Map<string, string>();
  return { getItem: (name) => held.get(name) ?? null, setItem: (name, text) => void held.set(name, text) };
}

function found(): Shelf {
  try {
    const shelf = globalThis.localStorage;
    shelf.getItem("scs");
    return shelf;
  } catch {
    return memory();
  }
}

export const shelf: Shelf = found();

export function kept<T>(name: string, otherwise: T, on: Shelf = shelf): Kept<T> {
  return {
    read() {
      const text = on.getItem(name);
      if (text === null) return otherwise;
      try {
        return JSON.parse(text) as T;
      } catch {
        return otherwise;
      }
    },
    write(value) {
      try {
        on.setItem(name, JSON.stringify(value));
      } catch {
        // The quota is used up: what is shown goes on, what is kept is not newer.
      }
    },
  };
}
