import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { tenantId } from '../../../test/harness.ts'
import { nightly } from '../../nightly.ts'
import { story } from './fixtures/story.ts'

const { h, head, recorded, fresh, add, listed, codeOf, onDisk, rows } = await story()

describe('a program killed between file and row', () => {
  const sweep = async () => {
    const told: object[] = []

    await nightly(h.ground, (line) => told.push(line))
      .find((job) => job.name === 'evidence.sweep')
      ?.run({})
    return told
  }

  it('leaves bytes that the night after next erases, and nothing else', async () => {
    const { body: kept } = await add(head, await recorded(), fresh())
    async function* lost() {
      yield fresh()
    }
    const staged = await h.files.stage(tenantId('a'), '没有写完.pdf', lost())
    await h.files.keep(tenantId('a'), staged)
    const cut = await h.files.stage(tenantId('a'), '没有传完.pdf', lost())
    await sweep()
    expect(await onDisk()).toEqual(expect.arrayContaining([kept.hash, staged.hash]))
    h.setNow('2026-06-22T02:00:00Z')
    expect(await sweep()).toMatchObject([{ office: 'test-a' }])
    const left = await onDisk()
    expect([left.includes(kept.hash), left.includes(staged.hash), left.includes(cut.hash)]).toEqual([true, false, false])
    expect(await readdir(`${h.filesAt}/${tenantId('a')}/incoming`)).toEqual([])
    expect((await head.get(`/evidence/${kept.id}/file`)).status).toBe(200)
    expect(await sweep()).toEqual([])
  })

  it('or whose bytes were erased in between by a removal: asked to send again, and no row without bytes', async () => {
    const act = await recorded()
    const { keep } = h.files
    h.files.keep = async (tenant, staged) => {
      await keep(tenant, staged)
      await h.files.erase(tenant, staged.hash)
    }
    const before = await rows()
    const bytes = fresh()
    expect(codeOf(await add(head, act, bytes))).toEqual([409, 'evidence.again', '/file'])
    h.files.keep = keep
    expect(await rows()).toBe(before)
    expect((await add(head, act, bytes)).status).toBe(200)
  })

  it('or while they are being erased: whoever adds the same bytes waits until that is done', async () => {
    const bytes = fresh()
    const { body: old } = await add(head, await recorded(), bytes)
    const act = await recorded()
    const { erase, keep } = h.files
    const [erasing, kept] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    h.files.erase = async (tenant, hash) => {
      erasing.resolve()
      await kept.promise
      // Whoever is not made to wait has written their row by now.
      await new Promise((resolve) => setTimeout(resolve, 300))
      await erase(tenant, hash)
    }
    h.files.keep = async (tenant, staged) => {
      await keep(tenant, staged)
      kept.resolve()
    }
    const removing = head.post(`/evidence/${old.id}/remove`, { reason: '测试' })
    await erasing.promise
    const late = await add(head, act, bytes)
    expect((await removing).status).toBe(200)
    Object.assign(h.files, { erase, keep })
    expect(codeOf(late)).toEqual([409, 'evidence.again', '/file'])
    expect([(await listed(head, act)).items, (await onDisk()).includes(old.hash)]).toEqual([[], false])
  })

  it('or many at once: whatever row is kept has its bytes, and no other bytes are left', async () => {
    const acts = await Promise.all(Array.from({ length: 4 }, () => recorded()))
    const two = [fresh(), fresh()]
    const all: { status: number; body: { id: string } }[] = []
    for (let round = 0; round < 6; round += 1) {
      const added = await Promise.all(acts.flatMap((act) => two.map((bytes) => add(head, act, bytes))))
      all.push(...added.filter(({ status }) => status === 200))
      expect(
        added
          .map(({ status, body }) => (status === 200 ? 'ok' : body.error.code))
          .filter((one) => !/^(ok|evidence\.(twice|again))$/.test(one)),
      ).toEqual([])
      const some = all.splice(0, 1 + (round % 3) * 3)
      await Promise.all([
        ...some.map(({ body }) => head.post(`/evidence/${body.id}/remove`, { reason: '测试' })),
        ...acts.slice(0, 2).map((act) => add(head, act, two[round % 2] as Buffer)),
        sweep(),
      ])
    }
    const kept = await h.owner.unsafe("SELECT DISTINCT hash FROM evidence WHERE state = 'kept' AND act_id = ANY($1)", [acts])
    expect(kept.length).toBeGreaterThan(0)
    const disk = await onDisk()
    for (const { hash } of kept) expect(disk).toContain(hash)
    const unused = await h.owner.unsafe(
      "SELECT DISTINCT hash FROM evidence e WHERE state = 'removed' AND tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM evidence k WHERE k.tenant_id = e.tenant_id AND k.hash = e.hash AND k.state = 'kept')",
      [tenantId('a')],
    )
    for (const { hash } of unused) expect(disk).not.toContain(hash)
  })
})
