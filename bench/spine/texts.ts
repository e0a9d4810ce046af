/** A speech-like text of a given length, from a few made-up paragraphs in turn. */
const paragraphs = [
  '一、统一思想，把责任放在心上\n过去一年，各科室做了大量工作，成绩值得肯定。市里的会议强调，要把监督融入日常。我们一定要把会议要求学深学透。少数科室落实制度时紧时松，台账补记的情况仍然存在。',
  '二、细化清单，把责任落到人头\n一要细化责任清单。各科室要在一季度内把清单细化到岗、明确到人，综合科每月督查一次并通报结果；二要管好重点环节。工程科必须在每月底前报送在建项目进度，严禁先施工后审批。',
  '三、严守纪律，把监督做在平常\n一是加强日常监督。纪检组每季度听取一次分管领导履责情况汇报，对苗头问题及时约谈；二是加强警示教育。机关党委每半年组织一次警示教育，各党支部书记要带头讲廉政党课。',
  '各直属单位要在年底前完成制度清理，凡是不适应的必须修订。全体干部职工要自觉接受监督，不得以任何理由推诿。办党组每半年专题研究一次党风廉政建设工作。',
]

export function speechOf(characters: number): string {
  let text = ''
  for (let i = 0; text.length < characters; i += 1) text += `${paragraphs[i % paragraphs.length]}\n`
  return text.slice(0, characters)
}
