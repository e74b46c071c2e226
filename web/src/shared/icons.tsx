/** Line drawings on a grid of 24; they mean nothing to a screen reader, the words beside them do. */
const PATHS = {
  inbox: "M4 13l3-8h10l3 8v6H4v-6zm0 0h5l1 3h4l1-3h5",
  book: "M5 4h10a4 4 0 014 4v12H9a4 4 0 01-4-4V4zm0 12a4 4 0 014-4h10",
  out: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
  moon: "M20 14A8 8 0 0110 4a8 8 0 1010 10z",
  globe: "M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  help: "M12 3a9 9 0 100 18 9 9 0 000-18zM9.5 9.5a2.5 2.5 0 115 0c0 2-2.5 2-2.5 4M12 17v.01",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-6 16-3-7-7-1z",
  spark: "M12 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2 2-6z",
  check: "M5 13l4 4L19 7",
  plus: "M12 5v14M5 12h14",
  up: "M7 11v9H4v-9h3zm0 0l4-8a2 2 0 012 2v4h5a2 2 0 012 2l-1 7a2 2 0 01-2 2H7",
  down: "M7 13V4H4v9h3zm0 0l4 8a2 2 0 002-2v-4h5a2 2 0 002-2l-1-7a2 2 0 00-2-2H7",
  reload: "M20 11a8 8 0 10-2 6M20 5v6h-6",
  person: "M12 4a4 4 0 100 8 4 4 0 000-8zM4 21c0-4 4-6 8-6s8 2 8 6",
  search: "M11 4a7 7 0 100 14 7 7 0 000-14zM20 20l-4-4",
  info: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5M12 8v.01",
} as const;

export function Icon({ name, size = 18 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
