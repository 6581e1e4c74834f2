/** `up`: what the client sends; `down`: what the server answers. */
export type Direction = 'up' | 'down'

/** What is wrong with a link (reliability 3.2 part 3). Times in ms. */
export type Toxic =
  | { readonly kind: 'latency'; readonly ms: number; readonly jitterMs: number }
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** An end that one side makes reaches the other this much later. */
  | { readonly kind: 'slow_close'; readonly ms: number }
  /** A black hole: what is sent waits until the toxic is taken away. */
  | { readonly kind: 'timeout' }
  | { readonly kind: 'reset'; readonly everyMs: number }
  | { readonly kind: 'slicer'; readonly bytes: number; readonly gapMs: number }
  /** A connection breaks after it has carried so many bytes. */
  | { readonly kind: 'limit_bytes'; readonly bytes: number }
  /** PostgreSQL commits, and the connection breaks before the client hears of it; each nth COMMIT. */
  | { readonly kind: 'ambiguous_commit'; readonly each: number }
  /** NATS gets an acknowledgement, and the connection breaks behind it; each nth. */
  | { readonly kind: 'ambiguous_ack'; readonly each: number }
