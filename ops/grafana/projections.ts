import { operationSeconds, quantile, rate, type Dashboard } from './dashboard.ts'

/** What follows the log: read models and policies. */
export const projections: Dashboard = { name: 'projections', title: 'Projections and policies', rows: [
  { title: 'Read models', panels: [
    { title: 'Lag', unit: 's', queries: [['max by (projection) (daisi_projection_lag_seconds)', '{{projection}}']] },
    { title: 'Facts applied', unit: 'cps', queries: [[rate('daisi_projected_facts_total', ['projection']), '{{projection}}']] },
    { title: 'Facts of a step', unit: 'short', queries: [[quantile(0.5, 'daisi_projection_page_facts'), 'p50'],
      [quantile(0.99, 'daisi_projection_page_facts'), 'p99']] },
    { title: 'Held back by an open transaction', unit: 's', queries: [['max(daisi_log_watermark_age_seconds)', 'watermark age']] },
  ] },
  { title: 'Policies', panels: [
    { title: 'Lag', unit: 's', queries: [['max by (policy) (daisi_policy_lag_seconds)', '{{policy}}']] },
    { title: 'Facts followed', unit: 'cps', queries: [[rate('daisi_policy_facts_total', ['policy']), '{{policy}}']] },
    { title: 'Onboardings by outcome', unit: 'cps', queries: [
      [rate('daisi_policy_instructions_total{kind="onboarding"}', ['policy', 'outcome']), '{{policy}} {{outcome}}']] },
    { title: 'Contacts looked at by syncs', unit: 'cps', queries: [[rate('daisi_post_scan_sync_contacts_total'), 'contacts']] },
  ] },
  { title: 'Loops', panels: [
    { title: 'Since a loop came round', unit: 's', queries: [['max by (follower) (daisi_follower_idle_seconds)', '{{follower}}']] },
    { title: 'Log and read models in the database (p99)', unit: 's', queries: [[operationSeconds('(eventLog|readModels|checkpoints)[.].+'),
      '{{operation}}']] },
  ] },
  { title: 'Updates whose entity has not come', panels: [
    { title: 'Early facts', unit: 'short',
      queries: [['max(daisi_early_facts)', 'all'], ['max(daisi_early_facts_of_one_company)', 'of the company with most']] },
    { title: 'Oldest early fact', unit: 's', queries: [['max(daisi_early_fact_age_seconds)', 'waits since']] },
  ] },
] }
