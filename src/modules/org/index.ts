export { org } from './routes.ts'
export { outlineOffice } from './rules.ts'
export { headOf, holdersOf, leaderOf, officeOn, subtreeOf } from './store/office.ts'
export { type OrgSeed, seedOrg } from './store/writes.ts'
