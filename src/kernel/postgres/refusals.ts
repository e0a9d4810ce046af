import type { Refusals } from '../errors.ts'

/** What the supervisor of the embedded database may refuse, and what to do next. */
export const postgresRefusals: Refusals = {
  'db.no_binaries': [
    503,
    '本机（{platform}）没有内置数据库程序。请安装 PostgreSQL 15 以上，并设置 DATABASE_URL=postgres://用户:密码@主机/库名。',
    'There is no embedded database for this machine ({platform}). Install PostgreSQL 15 or later and set DATABASE_URL=postgres://user:password@host/name.',
  ],
  'db.binaries': [503, '{folder} 中的数据库程序不能运行：{reason}', 'The database programs in {folder} do not run: {reason}'],
  'db.version': [
    503,
    '{folder} 中的数据属于 PostgreSQL {found}，本程序带的是 {needed}。请用旧版程序导出后在新文件夹导入，或安装 PostgreSQL {found} 并设置 DATABASE_URL。',
    'The data in {folder} belongs to PostgreSQL {found}; this program brings {needed}. Export with the old program and import into a new folder, or install PostgreSQL {found} and set DATABASE_URL.',
  ],
  'db.owner': [
    503,
    '{folder} 中的数据库属于另一用户（uid {owner}）。请以该用户或 root 启动，或用 --data 另选文件夹。',
    'The database in {folder} belongs to another user (uid {owner}). Start as that user or as root, or choose another folder with --data.',
  ],
  'db.no_account': [
    503,
    '数据库不能以 root 运行，也未能建立运行账户：{reason}。请先建立系统用户 zelian-db，或以普通用户启动。',
    'The database cannot run as root, and no account could be made for it: {reason}. Create a system user zelian-db first, or start as an ordinary user.',
  ],
  'db.folder': [503, '数据文件夹 {folder} 不能使用：{reason}', 'The data folder {folder} cannot be used: {reason}'],
  'db.password_missing': [
    503,
    '{folder} 中有数据库而没有 pg.password。请从备份中取回该文件（它与 pg 文件夹同在）。',
    'There is a database in {folder} but no pg.password. Bring that file back from a backup (it lies beside the folder pg).',
  ],
  'db.password': [
    503,
    '数据库不接受 {folder}/pg.password 中的密码。请取回与该数据同时的密码文件。',
    'The database does not accept the password in {folder}/pg.password. Bring back the password file that belongs to this data.',
  ],
  'db.busy': [
    503,
    '另一个程序占用 {folder} 的数据库已超过 {seconds} 秒。请稍后再试。',
    'Another program has been busy with the database in {folder} for over {seconds} s. Try again later.',
  ],
  'db.silent': [
    503,
    '{folder} 的数据库在运行（进程 {pid}）但 {seconds} 秒没有应答。请先停止启动它的程序。',
    'The database in {folder} runs (process {pid}) but has not answered for {seconds} s. Stop the program that started it first.',
  ],
  'db.start': [503, '数据库未能启动：{reason}', 'The database did not start: {reason}'],
  'db.setting': [503, '数据库设置“{name}”不合法。', 'The database setting “{name}” is not valid.'],
}
