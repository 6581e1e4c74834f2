/** The present, for delays and ages only; no state ever depends on it. Milliseconds since 1970. */
export interface WallClock { readonly nowMs: () => number }
