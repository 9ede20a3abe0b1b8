export { type FiledList, sendList } from './list.ts';
export { markXlsx } from './mark.ts';
export { formatOf, media, openSheet } from './open.ts';
export { type Template, templateXlsx } from './template.ts';
export {
  type Cell,
  isSheetFailure,
  maxCell,
  maxColumns,
  type OpenSheet,
  type SheetFailure,
  type SheetProblem,
  type SheetRow,
} from './types.ts';
export { type Head, harmless, sheetWriter, type SheetStyle, type SheetWriter } from './write.ts';
