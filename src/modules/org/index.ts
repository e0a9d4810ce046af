export { org } from './routes.ts'
export { type OutlineOffice, outlineOffice } from './rules.ts'
export { headOf, holdersOf, leaderOf, type OfficeOn, officeOn, subtreeOf } from './store/office.ts'
export { type OrgSeed, seedOrg } from './store/writes.ts'
