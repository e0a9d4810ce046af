/** The only source of time: handlers see `ctx.now`. Tests give their own. */
export type Clock = () => Date
export const systemClock: Clock = () => new Date()
