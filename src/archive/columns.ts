// The columns of the training archive 干部教育培训档案: what each is called in a file, and how it is written. Template,
// import and export all read this one table. Fields after the archives of Guangyuan and Chaohu.

export type Column = {
  field: string
  header: string
  /** A file without this column is refused. */
  needed?: true
  /** Learning hours or credits, written as a number. */
  amount?: true
  /** The only words that may stand here; empty is always allowed where the column is not needed. */
  words?: readonly string[]
  /** How to write it, for the template and beside the upload. */
  how: string
}

export const categories = ['初任', '任职', '专门业务', '在职', '专题', '网络', '以训代学'] as const
export const meterNames = { online: '网络自学', concentrated: '集中培训' } as const
export const natureNames = { compulsory: '必修', elective: '选修' } as const
export const results = ['结业', '未结业', '退学'] as const
/** Where an entry comes from: lessons of a platform, an earlier import, what the person declared. */
export const sources = ['平台', '导入', '申报'] as const

export const columns = [
  {
    field: 'number',
    header: '工号',
    needed: true,
    how: '单位编的工号，3到20位字母或数字。不收身份证号和手机号。',
  },
  { field: 'name', header: '姓名', needed: true, how: '要和名册里一样。' },
  { field: 'unit', header: '单位', how: '参加培训时所在的单位。空着就按名册里当时的任职。' },
  { field: 'post', header: '职务', how: '参加培训时的职务。空着就按名册里当时的任职。' },
  { field: 'rank', header: '职级', how: '参加培训时的职级。' },
  { field: 'title', header: '培训班（课程）名称', needed: true, how: '班次或课程的全称，200字以内。' },
  { field: 'category', header: '类别', words: categories, how: '按培训的性质选一个。' },
  {
    field: 'meter',
    header: '培训方式',
    needed: true,
    words: Object.values(meterNames),
    how: '两种学时分开计，互不相抵。',
  },
  { field: 'nature', header: '必修选修', words: Object.values(natureNames), how: '不分的空着。' },
  { field: 'activity', header: '活动', how: '现行学时规则里的活动名称；没有的空着。' },
  { field: 'organiser', header: '主办单位', how: '主办培训的单位，200字以内。' },
  { field: 'institution', header: '培训机构', how: '承办培训的机构，200字以内。' },
  {
    field: 'startOn',
    header: '开始日期',
    needed: true,
    how: '写到日，如2026-03-01、2026/3/1、2026年3月1日。',
  },
  { field: 'endOn', header: '结束日期', needed: true, how: '写到日，不能早于开始日期，也不能晚于今天。' },
  { field: 'plannedHours', header: '计划学时', amount: true, how: '数字，如8或7.5。' },
  { field: 'attendedHours', header: '实到学时', amount: true, how: '数字，如8或7.5。' },
  { field: 'leaveHours', header: '请假学时', amount: true, how: '数字，如8或7.5。' },
  {
    field: 'hours',
    header: '认定学时',
    needed: true,
    amount: true,
    how: '核准以后记入的学时，0到600，每天最多12。写了按天数算的活动可以空着。规则有上限的，超出部分不计入。',
  },
  { field: 'points', header: '学分', amount: true, how: '计学分的地方填。' },
  { field: 'rule', header: '认定规则', how: '按哪条规则认定的。' },
  { field: 'result', header: '结果', words: results, how: '未结业、退学的也可以写进档案，认定学时写0。' },
  { field: 'score', header: '成绩', how: '考核成绩，如85、合格。' },
  { field: 'certificate', header: '证书号', how: '结业证书的编号。' },
  { field: 'makesUpFor', header: '补的是哪一条', how: '补训的写上原来那一期的名称和时间。' },
  { field: 'source', header: '来源', words: sources, how: '空着算“导入”。' },
  { field: 'evidence', header: '证明材料', how: '材料放在哪里，如档案盒号。' },
  { field: 'enteredBy', header: '录入人', how: '原来的录入人。空着就是上传的人。' },
  { field: 'approvedBy', header: '核准人', how: '原来的核准人。空着就是核准的人。' },
  { field: 'correctedBy', header: '更正人', how: '原来的更正人。' },
] as const satisfies readonly Column[]

export type Field = (typeof columns)[number]['field']

/** One row as text, a cell for every column. */
export type Cells = Record<Field, string>

/** The column that a mended file may keep from the list of wrong rows; it is not read. */
export const problemHeader = '问题'

/** What a column is called, by its field. */
export const headerOf = Object.fromEntries(columns.map(({ field, header }) => [field, header])) as Record<
  Field,
  string
>

/** A row in which nothing is said yet. */
export const emptyCells = () => Object.fromEntries(columns.map(({ field }) => [field, ''])) as Cells
