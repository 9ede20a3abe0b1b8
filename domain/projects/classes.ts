import { say } from '../fields.ts';
import type { Words } from '../words.ts';

/** What a class of works asks for beyond any other: everything that differs between a sewer and a canteen stands here. */
export interface WorkClass {
  readonly words: Words;
  /** Fields of the project that are known before work begins. */
  readonly before?: readonly string[];
  /** Fields of the project that are measured before it is accepted. */
  readonly measures?: readonly string[];
  /** Kinds of entries into one of which it is handed over: that entry goes into use, and its later use stands there. */
  readonly into?: readonly string[];
}

export const workClasses = {
  renovation: { words: say('老旧小区改造', 'Renovation of old estates') },
  road: { words: say('道路', 'Road') },
  sewer: { words: say('污水管网', 'Sewer'), measures: ['lengthM', 'connected'] },
  river: { words: say('河道', 'River') },
  power: { words: say('电网', 'Power'), before: ['utility', 'areas'] },
  camera: { words: say('视频监控', 'Cameras') },
  canteen: { words: say('老年食堂', 'Canteen'), into: ['canteen', 'day-care-centre'] },
  centre: { words: say('党群服务中心', 'Service centre'), into: ['service-centre'] },
  counter: { words: say('窗口柜台改造', 'Counters') },
  square: { words: say('文化广场', 'Square'), into: ['culture-square'] },
  toilet: { words: say('公厕', 'Public toilet'), into: ['public-toilet'] },
  industry: { words: say('产业设施', 'Industry') },
  'service-street': { words: say('服务一条街', 'Service street') },
  garden: { words: say('小园', 'Small garden') },
  scene: { words: say('景观', 'Scenery') },
  parking: { words: say('停车', 'Parking') },
  art: { words: say('文化艺术', 'Culture') },
  other: { words: say('其他', 'Other') },
} as const satisfies Readonly<Record<string, WorkClass>>;

export const findWorkClass = (name: unknown): WorkClass | undefined =>
  typeof name === 'string' && Object.hasOwn(workClasses, name)
    ? workClasses[name as keyof typeof workClasses]
    : undefined;

export const classWords = Object.fromEntries(
  Object.entries(workClasses).map(([name, c]) => [name, c.words]),
) as unknown as { readonly [K in keyof typeof workClasses]: Words };

/** Fields that the steps of the work itself set; nobody types them in. */
export const keptFields = ['voteId', 'approvedOption', 'differenceReason'] as const;
