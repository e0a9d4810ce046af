import type { OkOf } from '#kernel/contract.ts'
import { reading, withTenant } from '#kernel/db.ts'
import type { House, Upload } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { importRoutes } from '../contract.ts'
import { commit } from './move.ts'
import { add } from './preview.ts'

type Batch = OkOf<typeof importRoutes.read>

/** Previews and commits a file as the routes do, without a server in front: for benches and whatever founds an office from its own tables. */
export function importing(
  house: House,
  ctx: Ctx,
): { preview: (kind: string, file: Upload, since: string) => Promise<Batch>; commit: (id: Id) => Promise<Batch> } {
  const read = <T>(fn: Parameters<typeof reading<T>>[2]) => reading(house.pool, ctx.tenant.id, fn)
  return {
    preview: async (kind, file, since) => withTenant(house.pool, ctx.tenant.id, await add.prepare(read, ctx, { kind, since, file })),
    commit: async (id) => withTenant(house.pool, ctx.tenant.id, await commit.prepare(read, ctx, { id }, house)),
  }
}
