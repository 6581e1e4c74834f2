const NAME = /\bdaisi_[a-z0-9_]+/g

/** Names of metrics in PromQL, or in any text that holds some. */
export const namesIn = (text: string): ReadonlySet<string> => new Set(text.match(NAME) ?? [])

/** Every series name of a scrape that has a sample, `_bucket`, `_sum` and `_count` of histograms included. */
export const sampledNames = (scrape: string): ReadonlySet<string> =>
  new Set(scrape.split('\n').filter((line) => !line.startsWith('#')).flatMap((line) => line.match(/^daisi_[a-z0-9_]+/) ?? []))

interface Panel { readonly targets?: ReadonlyArray<{ readonly expr: string }> }

export const expressionsOf = (dashboard: string): ReadonlyArray<string> =>
  (JSON.parse(dashboard) as { readonly panels: ReadonlyArray<Panel> }).panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
