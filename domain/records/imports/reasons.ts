import { reasons } from '../../words.ts';

/** What may be wrong with a row, in the words of the report. */
export const importReason = reasons({
  'import-heads': {
    zh: '表头与模板不一致。应为：{heads}。请重新下载模板，不要改动表头。',
    en: 'The heads differ from the template. They should be: {heads}. Download the template again and leave its heads alone.',
  },
  'import-empty': { zh: '表中没有数据行。', en: 'The sheet has no rows.' },
  'import-too-many': { zh: '一次最多导入 {max} 行。', en: 'At most {max} rows at a time.' },
  'import-not-a-sheet': {
    zh: '只能导入 xlsx 或 csv 文件。旧版 xls 请另存为 xlsx。',
    en: 'Only xlsx and csv files can be imported. Save old xls files as xlsx.',
  },
  'import-unreadable': {
    zh: '文件不完整或已损坏，无法读取。请用 Excel 或 WPS 打开后另存为 xlsx，再重新上传。',
    en: 'The file is incomplete or damaged and cannot be read. Open it in Excel or WPS, save it as xlsx and upload it again.',
  },
  'import-encoding': {
    zh: '无法识别文字编码，请保存为 UTF-8 的 csv 或 xlsx。',
    en: 'The text encoding is not known; save the file as UTF-8 csv or as xlsx.',
  },
  'import-bomb': {
    zh: '文件解压后过大，已拒绝读取。请删去多余的工作表、图片和空白行，或分成几个文件上传。',
    en: 'The file is too large once unpacked and is not read. Remove other sheets, pictures and empty rows, or upload it in parts.',
  },
  'import-macros': {
    zh: '文件含有宏或控件，已拒绝读取。请另存为不含宏的 xlsx 再上传。',
    en: 'The file holds macros or controls and is not read. Save it as xlsx without macros and upload it again.',
  },
  'import-too-wide': {
    zh: '第 {row} 行超过 {max} 列，已停止读取。请删去表头右侧多余的列，再重新上传。',
    en: 'Row {row} has more than {max} columns. Remove the columns to the right of the heads and upload it again.',
  },
  'import-long-cell': {
    zh: '第 {row} 行有单元格超过 {max} 字，已停止读取。请缩短后重新上传。',
    en: 'Row {row} has a cell of more than {max} characters. Shorten it and upload the file again.',
  },
  'import-open-quote': {
    zh: '第 {row} 行起有引号没有成对。请补齐或删去该引号，或另存为 xlsx 后重新上传。',
    en: 'From row {row} on a quotation mark has no pair. Close or remove it, or save the file as xlsx, and upload it again.',
  },
  'row-needed': { zh: '“{head}”必填', en: '{head} is needed' },
  'row-too-long': { zh: '“{head}”最多 {max} 字', en: '{head} has more than {max} characters' },
  'row-formula-error': { zh: '“{head}”的公式没有结果', en: 'The formula in {head} has no result' },
  'row-imprecise': {
    zh: '“{head}”是超过 15 位的数字，Excel 已丢失末尾数位；请将单元格设为文本后重新填写',
    en: '{head} is a number of more than 15 digits, whose last digits Excel has lost; make the cell text and enter it again',
  },
  'row-not-a-day': { zh: '“{head}”不是日期：{value}', en: '{head} is not a day: {value}' },
  'row-not-a-period': { zh: '“{head}”不是期间：{value}', en: '{head} is not a period: {value}' },
  'row-not-a-number': { zh: '“{head}”不是数字：{value}', en: '{head} is not a number: {value}' },
  'row-unknown-choice': { zh: '“{head}”没有这一项：{value}', en: '{head} has no such choice: {value}' },
  'import-no-kind': { zh: '没有这类登记对象。', en: 'There is no such kind of subject.' },
  'row-subject-differs': {
    zh: '“{name}”已登记且内容不同；变更请在其页面办理',
    en: '“{name}” is registered with other content; change it on its page',
  },
  'row-unknown-parent': { zh: '没有可归属的“{name}”', en: 'There is no “{name}” to which it can belong' },
  'row-many-parents': { zh: '有多个“{name}”，请填编号', en: 'Several are called “{name}”: give the number' },
  'row-parent-row-bad': { zh: '归属对象“{name}”所在行有误', en: 'The row of “{name}”, to which it belongs, is wrong' },
  'row-field': { zh: '“{head}”填写有误：{why}', en: '{head}: {why}' },
  'row-bad-code': {
    zh: '编码只能用字母、数字、-、_，最长 32 位',
    en: 'A code has letters, digits, - and _ only, at most 32',
  },
  'row-repeated': { zh: '与第 {row} 行重复', en: 'Says the same as row {row}' },
  'row-unknown-unit': {
    zh: '没有编码为 {code} 的单位，或不在您负责的范围内',
    en: 'No unit has the code {code}, or it is outside your scope',
  },
  'row-other-name': { zh: '编码 {code} 的单位名为“{name}”', en: 'The unit with the code {code} is called “{name}”' },
  'row-no-grant': { zh: '您不负责“{name}”的此项工作', en: 'You have no such duty for “{name}”' },
  'row-code-taken': { zh: '编码 {code} 已被使用', en: 'The code {code} is taken' },
  'row-unit-differs': {
    zh: '编码 {code} 已是“{name}”；更名、划转请在单位页面办理',
    en: 'The code {code} is “{name}” already; rename or move it on its page',
  },
  'row-name-taken': { zh: '“{parent}”下已有同名单位“{name}”', en: '“{parent}” has a unit “{name}” already' },
  'row-parent-bad': { zh: '上级 {code} 所在行有误', en: 'The row of the parent {code} is wrong' },
  'row-parent-circle': { zh: '上级关系成环', en: 'The parents form a circle' },
  'row-correction-reason': {
    zh: '已有数值 {value}；更正须填写“更正原因”',
    en: 'There is the value {value} already; a correction needs its reason',
  },
  'row-counted-in-file': {
    zh: '同一文件中上下级都填报了该数；下级之和即为上级的数',
    en: 'The file holds this number for a unit and for one above it; the sum below is the number above',
  },
});
