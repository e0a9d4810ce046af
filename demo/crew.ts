/**
 * Everyone else of the office: the people behind the named ones of office.ts, so that it has the size of a real one. Their names are put together
 * from common surnames and given names, always the same ones; any likeness to a real person is chance.
 */

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜',
]
const given = [
  ...['志强', '建军', '丽华', '海燕', '文涛', '雅琴', '国栋', '春燕', '晓东', '玉梅', '立军', '红霞', '振华', '淑芳', '永刚', '秀英'],
  ...['浩', '婷婷', '俊杰', '雪梅', '鹏飞', '佳', '明辉', '艳', '子涵', '海涛', '小红', '一凡', '思远', '梦瑶', '天宇', '洁'],
  ...['卫国', '爱华', '少杰', '静', '宏伟', '慧敏', '嘉豪', '倩', '兴旺', '月', '学文', '凤'],
]

type Of = { unit: string; name: string; count: number }
const crew = (unit: string, ...posts: [string, number][]): Of[] => posts.map(([name, count]) => ({ unit, name, count }))

/** Posts that several people hold: some 30 people in the office itself, the rest in its subordinate units. */
const sizes: readonly Of[] = [
  ...crew('general', ['文秘岗', 3], ['信访档案岗', 2]),
  ...crew('personnel', ['干部人事岗', 3]),
  ...crew('finance', ['会计岗', 2], ['资产管理岗', 2]),
  ...crew('law', ['法规岗', 2], ['宣传岗', 2]),
  ...crew('permits', ['审批岗', 4]),
  ...crew('works', ['工程管理岗', 4]),
  ...crew('command', ['通信管理岗', 3]),
  ...crew('civil', ['平战管理岗', 2]),
  ...crew('quality', ['现场监督岗', 26], ['检测岗', 13], ['资料岗', 8], ['综合岗', 5]),
  ...crew('signals', ['网络运维岗', 18], ['机房管理岗', 12], ['终端服务岗', 8], ['综合岗', 4]),
  ...crew('stores', ['库房管理岗', 24], ['设备维护岗', 14], ['综合岗', 5]),
  ...crew('service', ['车辆管理岗', 12], ['会务岗', 14], ['物业管理岗', 14], ['食堂管理岗', 8]),
  ...crew('teaching', ['宣讲岗', 14], ['展馆讲解岗', 18], ['新媒体岗', 9]),
]

/** The i-th of a row of different names. */
const nameAt = (i: number) => `${surnames[i % surnames.length]}${given[(i * 17 + Math.floor(i / surnames.length) * 5) % given.length]}`

let nth = 0
/** The posts with the people who hold them. */
export const crews = sizes.map(({ count, ...post }) => ({ ...post, people: Array.from({ length: count }, () => nameAt(nth++)) }))

/** The n-th of a unit's crew, from 0. */
export function crewOf(unit: string, n: number): string {
  const name = crews.filter((one) => one.unit === unit).flatMap((one) => one.people)[n]
  if (name === undefined) throw new Error(`the crew of ${unit} has no ${n}`)
  return name
}
