import { en } from './words/en.ts'
import { zh } from './words/zh.ts'

/** Words of the pages about duties. */
export const words = { 'zh-CN': zh, en }
