import { inBoth } from '#web/words.ts'

export const words = inBoth({
  title: ['公车封存', 'Sealed cars'],
  sub: ['节日前封存公务用车；因工作需要留用的，写明理由', 'Cars are sealed before a holiday; those kept in service have a reason'],
  ask: ['布置封存', 'Ask for sealing'],
  seal: ['登记封存', 'Record the sealing'],
  excuse: ['准予留用', 'Keep in service'],
  state: ['全部状态', 'All states'],
  'state.asked': ['待封存', 'to be sealed'],
  'state.sealed': ['已封存', 'sealed'],
  'state.excused': ['留用', 'in service'],
  occasion: ['节日', 'Holiday'],
  unit: ['单位', 'Unit'],
  keeper: ['车辆管理人', 'Keeper'],
  due: ['封存期限', 'Sealed by'],
  on: ['封存日期', 'Sealed on'],
  note: ['情况或理由', 'How it stands, or the reason'],
  done: ['已记下', 'Recorded'],
  empty: ['没有封存事项', 'No cars to be sealed'],
  emptyHint: ['节日前由综合科布置到各单位的车辆管理人', 'The general office asks the keepers before a holiday'],
})
