import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { FileAnswer } from './files/answer.ts'

/** Contracts as data: shapes and routes, from which the server, its tests, OpenAPI, the permission list and the client are made. Browser-safe. */

export const Id = Type.String({ format: 'uuid' })
/** A calendar day, `YYYY-MM-DD`, in the tenant's zone; a day that does not exist is refused as `day.unknown`. */
export const Day = Type.String({ format: 'date' })
/** An instant, RFC 3339 in UTC. */
export const Instant = Type.String()
export const Text = (min: number, max: number) => Type.String({ minLength: min, maxLength: max })
export const Maybe = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
/** One of a fixed set of words. */
export const Word = <T extends string>(words: readonly T[]) => Type.Unsafe<T>(Type.String({ enum: [...words] }))
/** An object that takes these fields and no others. */
export const Fields = <T extends TProperties>(fields: T) => Type.Object(fields, { additionalProperties: false })
/** The body of what is signed: these fields, and the password of whoever signs (`password.wrong` when it is not). */
export const Signed = <T extends TProperties>(fields: T) => Fields({ ...fields, password: Text(1, 200) })
/** What this person may do to the thing now. */
export const Actions = Type.Array(Type.String())

/** The query of a read: the day one looks at. */
export const asOf = { asOf: Type.Optional(Day) }
/** The query of a keyset-paged list. `after` is opaque; `limit` 1–200, 50 unless told. */
export const paged = <T extends TProperties>(fields: T) =>
  Fields({ ...fields, ...asOf, after: Type.Optional(Text(1, 500)), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) })
export const pageOf = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(item), next: Maybe(Type.String()) })
/** The answer of a route that hands out a file. */
export const FileBytes = Type.Unsafe<FileAnswer>(Type.String({ format: 'binary' }))
export type Page<T> = { items: T[]; next: string | null }

/** Who may call: a verb (`duty.read`) of the permission list, any signed-in person, or anyone. */
export type May = `${string}.${string}` | 'signed-in' | 'public'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type RouteSpec = {
  may: May
  /** What it does, one line: zh-CN, en. */
  says: readonly [zh: string, en: string]
  query?: TObject
  body?: TSchema
  ok: TSchema
  /** A valid body, for the documentation and the generated tests. */
  example?: unknown
  /**
   * Takes a file as `multipart/form-data`, beside the fields of the body. `true`: its bytes in memory, 20 MB at most. `most`: of any size up to that many
   * MB, a rule's value; it lies staged in the storage for files (`house.files`) before the handler runs and is forgotten unless kept.
   */
  upload?: true | { most: string }
  perMinute?: number
  /** It binds whoever does it: the body (made by `Signed`) carries their password, which is proven before the handler runs and goes no further. */
  signs?: boolean
}

type ParamsOf<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & ParamsOf<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown

export type Route<M extends Method = Method, P extends string = string, S extends RouteSpec = RouteSpec> = { method: M; path: P } & S

/** A route of the table: method, path below `/api` (`:name` is a UUID), and its contract. */
export const route = <M extends Method, P extends string, const S extends RouteSpec>(method: M, path: P, spec: S): Route<M, P, S> => ({
  method,
  path,
  ...spec,
})

type StaticOf<T> = T extends TSchema ? Static<T> : unknown
/** What a handler receives and a client sends: parameters of the path, query and body in one object. */
export type InputOf<R extends Route> = ParamsOf<R['path']> & StaticOf<R['query']> & StaticOf<R['body']>
/** What it answers. */
export type OkOf<R extends Route> = StaticOf<R['ok']>
export type Routes = Record<string, Route>
type Shape = {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  minLength?: number
  minimum?: number
  minItems?: number
} & {
  anyOf?: Shape[]
  items?: Shape
  properties?: Record<string, Shape>
  required?: string[]
}
/** A value of a shape: the least that is valid. For documentation and generated tests, where a route gives no example of its own. */
export function exampleOf(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.anyOf) return exampleOf(shape.anyOf[0] as Shape)
  switch (shape.type) {
    case 'string':
      if (shape.format === 'uuid') return '00000000-0000-7000-8000-000000000000'
      return shape.format === 'date' ? '2026-12-31' : '例'.repeat(Math.max(1, shape.minLength ?? 1))
    case 'integer':
    case 'number':
      return shape.minimum ?? 1
    case 'boolean':
      return true
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => exampleOf(shape.items as Shape))
    case 'object':
      return Object.fromEntries((shape.required ?? []).map((name) => [name, exampleOf(shape.properties?.[name] as Shape)]))
    default:
      return null
  }
}
/** The names in a path, in order. */
export const namesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((m) => m[1] as string)
