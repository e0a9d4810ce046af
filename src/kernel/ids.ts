import { v7 } from 'uuid'

/** A UUID in its canonical text form. */
export type Id = string

/** A new UUIDv7, made by the application (database rule 3). Never for ballots, ratings or anonymous tips: it carries its millisecond. */
export const newId = (): Id => v7()

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a text is a UUID in canonical, lower-case form. */
export const isId = (text: string): boolean => uuid.test(text)
