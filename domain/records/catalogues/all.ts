import { say } from '../../fields.ts';
import type { Words } from '../../words.ts';
import type { Catalogue } from './catalogue.ts';

const sample = (zh: string, en: string, items: Readonly<Record<string, Words>>): Catalogue => ({
  words: say(zh, en),
  sample: true,
  items,
});
/** The source names every item, so that only its words may differ. */
const named = (zh: string, en: string, items: Readonly<Record<string, Words>>): Catalogue => ({
  words: say(zh, en),
  sample: false,
  items,
});

/** What villages look like: the source gives the numbers and seldom the content (model §3). */
const places = {
  'entrance-item': sample('村口“五有”', 'Five things at the village entrance', {
    sign: say('有村名标识', 'Sign with the name'),
    board: say('有公开栏', 'Notice board'),
    light: say('有照明', 'Light'),
    green: say('有绿化', 'Greenery'),
    seat: say('有休憩座椅', 'Seats'),
  }),
  'toilet-standard': sample('公厕建设标准', 'Checklist of a high-standard public toilet', {
    accessible: say('有无障碍厕位', 'Accessible cabin'),
    water: say('有水冲和洗手', 'Flush and washing water'),
    light: say('有照明', 'Light'),
    air: say('通风无异味', 'Aired'),
    sign: say('有导向标识', 'Signs'),
    paper: say('有厕纸和洗手液', 'Paper and soap'),
  }),
  'garden-kind': sample('“五园”', 'Five kinds of small garden', {
    vegetable: say('菜园', 'Vegetable garden'),
    fruit: say('果园', 'Orchard'),
    flower: say('花园', 'Flower garden'),
    play: say('游园', 'Play garden'),
    herb: say('药园', 'Herb garden'),
  }),
  'five-beauty': sample('“五美”庭院标准', 'Criteria of a five-beauty courtyard', {
    clean: say('环境整洁美', 'Clean'),
    tidy: say('摆放有序美', 'In order'),
    green: say('绿化协调美', 'Green'),
    civil: say('文明家风美', 'Civil'),
    helpful: say('邻里和睦美', 'Good neighbours'),
  }),
  'four-beauty': sample('“四美乡村”标准', 'Criteria of a four-beauty village', {
    environment: say('环境美', 'Environment'),
    field: say('田园美', 'Fields'),
    village: say('村庄美', 'Village'),
    courtyard: say('庭院美', 'Courtyards'),
  }),
  'six-without': sample('“六无”村标准', 'Criteria of a six-without village', {
    accident: say('无安全责任事故', 'No safety accident'),
    fire: say('无火灾事故', 'No fire'),
    crime: say('无重大刑事案件', 'No serious crime'),
    fraud: say('无电信诈骗损失', 'No loss by fraud'),
    drugs: say('无毒品违法', 'No drug offence'),
    unanswered: say('无逾期未答复诉求', 'No matter left unanswered in time'),
  }),
  'micro-work-kind': named('“五微”', 'Five kinds of micro work', {
    scene: say('微景观', 'Scene'),
    vegetable: say('微菜园', 'Vegetable plot'),
    courtyard: say('微庭院', 'Courtyard'),
    garden: say('微园林', 'Garden'),
    mural: say('微墙绘', 'Mural'),
  }),
  'contest-aspect': sample('“三比三晒”', 'Three compared, three published', {
    'compare-clean': say('比整洁', 'Compare cleanliness'),
    'compare-upkeep': say('比管护', 'Compare upkeep'),
    'compare-joining': say('比参与', 'Compare participation'),
    'show-before': say('晒变化', 'Show the change'),
    'show-method': say('晒做法', 'Show the method'),
    'show-plan': say('晒计划', 'Show the plan'),
  }),
};

const livelihoods = {
  industry: named('特色产业', 'Characteristic industries', {
    fruit: say('林果', 'Fruit'),
    fungi: say('食用菌', 'Fungi'),
    tobacco: say('烟叶', 'Tobacco'),
    herbs: say('中药材', 'Herbs'),
    livestock: say('畜牧', 'Livestock'),
    grain: say('粮油', 'Grain'),
    vegetable: say('蔬菜', 'Vegetables'),
    seedlings: say('林业育苗', 'Seedlings'),
    tourism: say('文旅', 'Tourism'),
    other: say('其他', 'Other'),
  }),
  'coop-model': sample('领办合作社模式', 'Models of a branch-led cooperative', {
    industry: say('产业带动型', 'Led by an industry'),
    land: say('土地入股型', 'Land as shares'),
    service: say('生产服务型', 'Services'),
    tourism: say('文旅经营型', 'Tourism'),
    labour: say('劳务组织型', 'Labour'),
    asset: say('资产盘活型', 'Use of assets'),
  }),
  'unified-service': sample('“五统一”服务', 'Five unified services', {
    seeds: say('统一供种', 'Seeds'),
    inputs: say('统一农资', 'Inputs'),
    technique: say('统一技术', 'Technique'),
    purchase: say('统一收购', 'Purchase'),
    brand: say('统一品牌', 'Brand'),
  }),
  'three-combination': sample('“三合模式”', 'Three combinations', {
    resources: say('资源整合', 'Pooling of resources'),
    partners: say('社企联合', 'Cooperative with enterprise'),
    sectors: say('三产融合', 'Joining of three sectors'),
  }),
  certification: named('“三品一标”', 'Certifications of products', {
    'pollution-free': say('无公害农产品', 'Pollution-free'),
    green: say('绿色食品', 'Green food'),
    organic: say('有机农产品', 'Organic'),
    geographical: say('农产品地理标志', 'Geographical indication'),
  }),
  'income-kind': named('“四金”', 'Four kinds of income', {
    home: say('个人居家收入', 'From home'),
    rent: say('土地流转金', 'Land rent'),
    wages: say('村内务工收入', 'Village wages'),
    dividends: say('集体分红金', 'Dividends'),
  }),
};

const people = {
  'service-group': named('“一老一少一青壮”', 'Three age groups', {
    elderly: say('老年人', 'The elderly'),
    children: say('少年儿童', 'Children'),
    adults: say('青壮年', 'Adults'),
  }),
  'care-service': sample('照料服务项目', 'Services of care', {
    meal: say('膳食供应', 'Meals'),
    leisure: say('休闲娱乐', 'Leisure'),
    therapy: say('理疗康养', 'Wellness'),
    bath: say('助浴理发', 'Bathing and haircuts'),
    visiting: say('上门探视', 'Visiting'),
    learning: say('学习辅导', 'Learning'),
    job: say('就业帮助', 'Work'),
    repair: say('生活维修', 'Repairs'),
    other: say('其他', 'Other'),
  }),
  // A colour stands for a kind of service that a household asks for, and for nothing about the people in it.
  'service-card-category': sample('“六色户卡”服务类别', 'Services of the card', {
    red: say('红色：政策咨询', 'Red: advice on policy'),
    orange: say('橙色：生活帮办', 'Orange: errands'),
    yellow: say('黄色：就业创业', 'Yellow: work'),
    green: say('绿色：文体活动', 'Green: activities'),
    blue: say('蓝色：老幼照料', 'Blue: care'),
    purple: say('紫色：志愿服务', 'Purple: volunteering'),
  }),
  'contact-matter': named('联系事项七类', 'Seven contact matters', {
    environment: say('人居环境', 'Environment'),
    policy: say('政策宣讲', 'Policy'),
    opinion: say('民意收集', 'Opinions'),
    customs: say('移风易俗', 'Customs'),
    mediation: say('矛盾调解', 'Mediation'),
    industry: say('产业发展', 'Industry'),
    safety: say('安全稳定', 'Safety'),
  }),
  'livelihood-category': named('衣食住行教保医业', 'Eight categories of livelihood', {
    clothing: say('衣', 'Clothing'),
    food: say('食', 'Food'),
    housing: say('住', 'Housing'),
    travel: say('行', 'Travel'),
    jobs: say('业', 'Jobs'),
    education: say('教', 'Education'),
    insurance: say('保', 'Insurance'),
    medical: say('医', 'Medical care'),
  }),
  'disclosure-item': sample('“三务”公开目录', 'Items that are disclosed', {
    'party-plan': say('党组织年度计划', 'Plan of the party organisation'),
    dues: say('党费收缴使用', 'Party dues'),
    admission: say('发展党员', 'Admission of members'),
    decisions: say('村（居）民会议决定', 'Decisions of residents'),
    projects: say('工程项目', 'Projects'),
    allowances: say('补助救助（总额）', 'Allowances, in total'),
    accounts: say('收支账目', 'Accounts'),
    assets: say('集体资产资源', 'Collective assets'),
  }),
};

const themes = {
  'work-line': sample('服务主线', 'Lines of work', {
    transformation: say('产业转型', 'Transformation'),
    revitalisation: say('乡村振兴', 'Rural revitalisation'),
    governance: say('基层治理', 'Governance'),
  }),
  'work-approach': named('工作思路', 'Approaches', {
    integration: say('党建融合', 'Integration'),
    industry: say('产业赋能', 'Industry'),
    example: say('示范引领', 'Example'),
  }),
  'named-mechanism': sample('“三项机制”', 'Three mechanisms', {
    contact: say('联系服务', 'Contact'),
    assignment: say('交办落实', 'Assignment'),
    review: say('评议改进', 'Review'),
  }),
  'strategy-component': sample('“一泉一轴四区七星”', 'Components of the spatial strategy', {
    spring: say('一泉', 'Spring'),
    axis: say('一轴', 'Axis'),
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [`zone-${n}`, say(`四区之${n}`, `Zone ${n}`)])),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`node-${n}`, say(`七星之${n}`, `Node ${n}`)])),
  }),
  'strategy-theme': sample('“五个强市”“六个经济”', 'Strategy themes of the city', {
    ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`city-${n}`, say(`强市主题${n}`, `City theme ${n}`)])),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`economy-${n}`, say(`经济主题${n}`, `Economy theme ${n}`)])),
  }),
};

/** Every catalogue as it stands before anybody has set their own. */
export const catalogues: Readonly<Record<string, Catalogue>> = { ...places, ...livelihoods, ...people, ...themes };
export const catalogueNames = Object.keys(catalogues);

export function findCatalogue(name: string): Catalogue | undefined {
  return Object.hasOwn(catalogues, name) ? catalogues[name] : undefined;
}
