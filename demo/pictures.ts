import sharp from 'sharp';
import { acceptFile, type FileStore } from '../server/platform/files/index.ts';
import { attach } from '../server/records/evidence/index.ts';
import type { Laying } from './work-insert.ts';
import { atMost, type CaseRow, plusDays, type Work } from './work-kit.ts';

/** Drawn pictures of the works of the example village, before and after: nobody's photo, and the same each time. */

type Side = 'before' | 'after';
const [width, height] = [720, 450];

const rect = (x: number, y: number, w: number, h: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}"/>`;
const poly = (points: string, fill: string) => `<polygon points="${points}" fill="${fill}"/>`;
const oval = (x: number, y: number, rx: number, ry: number, fill: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
const line = (points: string, stroke: string, w: number) =>
  `<polyline points="${points}" fill="none" stroke="${stroke}" stroke-width="${w}"/>`;
const many = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i)).join('');

const tree = (x: number, y: number) => rect(x - 5, y, 10, 46, '#6b4a2f') + oval(x, y - 18, 34, 40, '#3f7d43');
const house = (x: number, y: number) =>
  rect(x, y, 120, 70, '#d8cfc0') +
  poly(`${x - 14},${y} ${x + 60},${y - 44} ${x + 134},${y}`, '#7c5548') +
  rect(x + 46, y + 28, 28, 42, '#5c4a3d');

/** Sky, hills and houses stay as they are; the ground is what changes. */
function scenery(seed: number, ground: string): string {
  const shift = (seed * 61) % 200;
  return (
    rect(0, 0, width, height, '#cfe3ef') +
    oval(160 + shift, 230, 260, 120, '#9db8a4') +
    oval(560 - shift / 2, 240, 300, 110, '#86a68f') +
    rect(0, 225, width, height - 225, ground) +
    house(60 + shift / 2, 180) +
    house(470 - shift / 3, 186)
  );
}

/** Earth, puddles and stones. */
const rough = (seed: number) =>
  many(26, (i) =>
    oval(
      ((i * 97 + seed * 53) % 700) + 10,
      285 + ((i * 41 + seed * 17) % 150),
      7 + (i % 5) * 4,
      4 + (i % 3) * 2,
      '#8a7a66',
    ),
  ) +
  oval(240 + (seed % 5) * 40, 380, 90, 16, '#6f7f86') +
  many(14, (i) => line(`${i * 54},${300 + (i % 4) * 30} ${i * 54 + 14},${284 + (i % 4) * 30}`, '#7d8a4e', 3));

const built: Readonly<Record<string, () => string>> = {
  road: () =>
    poly('300,228 420,228 640,450 80,450', '#b9bcc0') +
    line('360,228 360,450', '#f4f4f0', 6) +
    tree(90, 260) +
    tree(640, 262),
  scene: () =>
    oval(360, 330, 250, 60, '#8fb573') +
    oval(350, 290, 96, 74, '#a5522f') +
    rect(326, 204, 48, 20, '#8c4326') +
    line('446,270 500,250 520,228', '#a5522f', 22) +
    `<path d="M256 262 C190 262 190 330 262 326" fill="none" stroke="#a5522f" stroke-width="18"/>` +
    tree(90, 250) +
    tree(650, 256),
  garden: () =>
    rect(0, 250, width, 150, '#7fae68') +
    many(15, (i) => rect(20 + i * 48, 300, 10, 80, '#c9b48a')) +
    rect(10, 312, 700, 10, '#c9b48a') +
    rect(10, 350, 700, 10, '#c9b48a') +
    tree(120, 236) +
    tree(360, 232) +
    tree(600, 238),
  industry: () =>
    rect(160, 200, 420, 160, '#dfe4e8') +
    poly('140,200 370,140 600,200', '#3f6f9f') +
    many(5, (i) => rect(190 + i * 78, 236, 44, 34, '#8fb4cf')) +
    rect(340, 290, 70, 70, '#55626c') +
    rect(0, 360, width, 90, '#b9bcc0'),
  parking: () =>
    rect(40, 270, 640, 160, '#9aa0a6') +
    many(9, (i) => line(`${70 + i * 72},280 ${50 + i * 76},420`, '#ffffff', 5)) +
    rect(90, 214, 150, 10, '#3f6f9f') +
    rect(96, 224, 8, 60, '#55626c') +
    rect(226, 224, 8, 60, '#55626c'),
  square: () =>
    poly('120,260 600,260 700,440 20,440', '#d9c9b0') +
    many(9, (i) => line(`${i * 80 + 40},440 ${i * 52 + 150},260`, '#c2ae90', 3)) +
    rect(250, 214, 220, 56, '#a5522f') +
    poly('234,214 360,176 486,214', '#7c3a22') +
    tree(70, 246) +
    tree(660, 246),
};

function svg(kind: string, seed: number, side: Side): string {
  const what = built[kind] ?? built['square']!;
  const drawn = side === 'before' ? scenery(seed, '#a9987f') + rough(seed) : scenery(seed, '#93b07c') + what();
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn}</svg>`;
}

async function draw(l: Laying, files: FileStore, project: CaseRow, seed: number, side: Side): Promise<void> {
  const bytes = await sharp(Buffer.from(svg(String(project.data['class']), seed, side)))
    .jpeg()
    .toBuffer();
  const file = await acceptFile(bytes);
  const takenOn =
    side === 'before' ? plusDays(project.opened, 3) : atMost(project.closed ?? plusDays(project.opened, 120));
  await attach(
    l.rq,
    {
      subjectKind: 'case',
      subjectId: project.id,
      title: `${project.title}${side === 'before' ? '建设前' : '建设后'}（示意图）`,
      item: side,
      takenOn,
    },
    await files.put(file.bytes),
    file,
  );
}

/** Both sides of what is done, and the first of what is still being built. */
export async function drawWorks(l: Laying, files: FileStore, { cases }: Work): Promise<void> {
  for (const [seed, project] of cases.filter((c) => c.type === 'project' && c.at === 't1v1').entries()) {
    await draw(l, files, project, seed, 'before');
    if (project.closed === undefined) continue;
    await draw(l, files, project, seed, 'after');
  }
}
