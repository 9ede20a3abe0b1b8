import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { countyDown, facility, subject } from '../records/subjects/declare.ts';

export const learningSubjects = byKind([
  subject(
    'lecturer',
    say('授课师资', 'Lecturer'),
    ['county', 'township', 'street'],
    form({
      type: column(
        field.choice('来源', 'From', {
          expert: say('专家学者', 'Expert'),
          secretary: say('明星村书记', 'Model secretary'),
          'task-force': say('专班', 'Task force'),
          department: say('部门业务骨干', 'Department'),
        }),
      ),
      institution: column(field.text('单位', 'Institution', 100)),
      topics: field.list('授课专题', 'Topics'),
    }),
    { personal: { name: say('姓名', 'Name'), phone: say('联系电话', 'Phone') } },
  ),
  facility(
    'training-base',
    say('培训基地（党校）', 'Training base'),
    countyDown,
    form({
      type: column(
        field.choice('类别', 'Type', {
          'party-school': say('乡镇党校', 'Township party school'),
          external: say('外地培训中心', 'External centre'),
          site: say('现场教学点', 'Teaching site'),
        }),
      ),
      seats: optional(field.whole('可容纳', 'Places', unit.seats)),
      courses: optional(field.list('课程', 'Courses')),
    }),
  ),
]);
