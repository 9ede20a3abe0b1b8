import type ExcelJS from 'exceljs';
import { later } from '../later.ts';

export const excel = later<typeof ExcelJS>('exceljs');
