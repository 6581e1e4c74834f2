/** A `T` that only a parser or a translator may name `Name`; it costs nothing at run time. */
export type Branded<T, Name extends string> = T & { readonly __brand: Name }

/** JSON kept as text, exactly as it was sent: large integers survive, nothing inside is interpreted (contract 2.1). */
export type JsonText = Branded<string, 'JsonText'>
