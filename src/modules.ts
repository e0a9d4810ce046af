import { kernelRefusals, type Refusals } from '#kernel/errors.ts'
import type { Module } from '#kernel/house.ts'
import { access } from '#modules/access/index.ts'

/** The one visible list of modules, in the order of the chain. */
export const modules: Module[] = [access]

/** Every refusal the program knows: code → status and words. */
export const refusalsOf = (list: readonly Module[]): Refusals => Object.assign({}, kernelRefusals, ...list.map((module) => module.refusals))
