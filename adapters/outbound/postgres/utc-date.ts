/** `YYYY-MM-DD` in UTC of epoch seconds; years up to 9999 (contract 2.6). */
export const utcDate = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 10)
