import { z } from 'zod';
import { byKind, column, type Field, field, form, optional, say, unit } from '../fields.ts';
import { agreement, anyParty, fenForArea, subjects, units, yearlyDays } from '../records/agreements/declare.ts';
import { countyDown, places, townsDown } from '../records/subjects/declare.ts';

const crop = column(field.text('作物（品种）', 'Crop', 60));
const areaMu = column(field.decimal('面积', 'Area', unit.mu));
const season = column(field.year('生产年度', 'Season'));
const cooperative = subjects(say('合作社', 'Cooperative'), ['cooperative'], { max: 1 });
const enterprise = subjects(say('龙头企业', 'Leading enterprise'), ['enterprise'], { max: 1 });
const households = subjects(say('农户', 'Households'), ['household'], { max: 500 });
const collective = units(say('村集体', 'Village collective'), places);

/** `03-31`: the month and day on which a yearly instalment is due. */
const payOn: Field<z.ZodString> = {
  schema: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/),
  words: { words: say('每年支付日（月-日）', 'Paid each year on (month-day)') },
};

export const economyAgreements = byKind([
  // The two bindings (M064): a village has both in force or it is not doubly bound.
  agreement(
    'enterprise-binding',
    say('合作社绑定龙头企业', 'Binding of a cooperative to a leading enterprise'),
    countyDown,
    { cooperative, 'leading-enterprise': enterprise },
    form({
      crop,
      obligations: field.long('双方义务', 'Obligations'),
      price: optional(field.long('价格条款', 'Price clause', 500)),
      dividend: optional(field.long('分红条款', 'Dividend clause', 500)),
    }),
  ),
  agreement(
    'farmer-binding',
    say('农户绑定合作社（集体）', 'Binding of farmers to a cooperative or the collective'),
    places,
    {
      cooperative: { ...cooperative, party: ['subject', 'unit'], unitTypes: places },
      farmer: households,
    },
    form({
      crop: optional(crop),
      obligations: field.long('双方义务', 'Obligations'),
      dividend: optional(field.long('分红条款', 'Dividend clause', 500)),
    }),
  ),
  agreement(
    'grower-contract',
    say('订单种植（保护价收购）', 'Grower contract with a floor price'),
    places,
    {
      buyer: { ...cooperative, subjectKinds: ['cooperative', 'enterprise'], words: say('收购方', 'Buyer') },
      grower: subjects(say('种植户', 'Grower'), ['household'], { max: 1 }),
    },
    form({
      crop,
      season,
      areaMu,
      floorPriceFen: column(field.money('保护价（每公斤）', 'Floor price per kg')),
      grade: optional(field.text('质量等级', 'Grade', 60)),
      services: field.items('统一服务', 'Unified services', 'unified-service'),
    }),
  ),
  agreement(
    'technical-guidance',
    say('技术指导协议', 'Agreement on technical guidance'),
    townsDown,
    {
      provider: anyParty(say('技术单位', 'Provider'), ['enterprise', 'partner', 'lecturer']),
      receiver: {
        words: say('受指导方', 'Receiver'),
        party: ['subject', 'unit'],
        subjectKinds: ['cooperative'],
        min: 1,
      },
    },
    form({
      services: field.list('服务内容', 'Services'),
      visits: column(field.whole('约定次数', 'Visits agreed', unit.times)),
    }),
  ),
  agreement(
    'four-party-chain',
    say('村集体+龙头企业+合作社+农户', 'Chain of collective, enterprise, cooperative and farmers'),
    places,
    { collective, 'leading-enterprise': enterprise, cooperative, farmer: households },
    form({
      crop,
      season,
      produce: field.long('产品流向', 'Flow of produce', 500),
      payments: field.long('付款约定', 'Payments', 500),
      combination: optional(field.item('三合类型', 'Combination', 'three-combination')),
    }),
  ),
  agreement(
    'land-transfer',
    say('土地流转合同', 'Land-transfer contract'),
    places,
    {
      lessor: subjects(say('流出农户', 'Household that leases out'), ['household'], { max: 1 }),
      lessee: {
        words: say('流入方', 'Lessee'),
        party: ['unit', 'subject'],
        subjectKinds: ['cooperative', 'enterprise'],
        unitTypes: places,
        min: 1,
        max: 1,
      },
    },
    form({
      areaMu,
      plot: optional(field.text('地块', 'Plot', 100)),
      rentFen: column(field.money('年租金（每亩）', 'Yearly rent by the mu')),
      payOn,
      payer: field.choice('支付账簿', 'Paid from', {
        'village-collective': say('村集体', 'Village collective'),
        cooperative: say('合作社', 'Cooperative'),
        outside: say('由企业直接支付', 'By the enterprise itself'),
      }),
    }),
    {
      warnDays: 90,
      postings: (t, from, to) =>
        t.payer === 'outside'
          ? []
          : yearlyDays(from, to, t.payOn).map((day) => ({
              book: t.payer,
              day,
              key: `rent-${day.slice(0, 4)}`,
              debit: 'expense:land-rent',
              credit: 'asset:bank',
              amount: fenForArea(t.areaMu, t.rentFen),
              text: say(`${day.slice(0, 4)} 年土地租金`, `Land rent of ${day.slice(0, 4)}`),
              purpose: 'land-rent',
            })),
    },
  ),
  agreement(
    'collective-lease',
    say('集体资产发包（出租）', 'Lease of a collective asset'),
    places,
    {
      collective,
      lessee: anyParty(say('承租方', 'Lessee'), ['enterprise', 'cooperative', 'merchant', 'household']),
    },
    form({
      asset: column(field.text('资产名称', 'Asset', 100)),
      yearlyRentFen: column(field.money('年租金', 'Yearly rent')),
      payOn,
    }),
    {
      warnDays: 90,
      postings: (t, from, to) =>
        yearlyDays(from, to, t.payOn).map((day) => ({
          book: 'village-collective',
          day,
          key: `lease-${day.slice(0, 4)}`,
          debit: 'asset:receivable',
          credit: 'income:lease',
          amount: t.yearlyRentFen,
          text: say(`${day.slice(0, 4)} 年应收租金：${t.asset}`, `Rent due of ${day.slice(0, 4)}: ${t.asset}`),
        })),
    },
  ),
  agreement(
    'share-contribution',
    say('入股协议', 'Contribution of shares'),
    places,
    {
      cooperative,
      member: {
        words: say('成员', 'Member'),
        party: ['subject', 'unit'],
        subjectKinds: ['household', 'enterprise'],
        min: 1,
        max: 1,
      },
    },
    form({
      type: column(
        field.choice('入股方式', 'Kind', {
          cash: say('资金', 'Cash'),
          facility: say('设施', 'Facility'),
          house: say('房屋', 'House'),
          land: say('土地经营权', 'Land use'),
          labour: say('劳动力', 'Labour'),
        }),
      ),
      shares: column(field.whole('股份', 'Shares', say('股', 'shares'), { min: 1 })),
      agreedValueFen: column(field.money('约定价值', 'Agreed value')),
      valuation: optional(field.text('评估方式', 'How it was valued')),
      rights: optional(field.text('权利', 'Rights')),
    }),
    {
      postings: (t, from) => [
        {
          book: 'share-register',
          day: from,
          key: 'issue',
          debit: 'asset:issued',
          credit: 'equity:members',
          amount: t.shares,
          text: say('登记入股', 'Shares entered'),
          purpose: t.type,
        },
      ],
    },
  ),
  agreement(
    'branch-profit',
    say('分社利润上缴约定', 'Contribution of a branch’s profit'),
    places,
    {
      head: { ...cooperative, words: say('总社', 'Head cooperative') },
      branch: { ...cooperative, words: say('分社', 'Branch cooperative') },
    },
    // The amount follows from the closed period's profit, so no posting follows from the terms alone.
    form({
      sharePercent: column(field.decimal('上缴比例', 'Share', unit.percent)),
      every: field.choice('结算周期', 'Settled every', {
        month: say('月', 'Month'),
        quarter: say('季度', 'Quarter'),
        year: say('年', 'Year'),
      }),
    }),
  ),
  agreement(
    'venture',
    say('四方投入合作', 'Venture of four parties'),
    townsDown,
    {
      enterprise,
      government: units(say('政府', 'Government'), ['county', 'department', 'township', 'street']),
      collective,
      farmer: households,
    },
    form({
      enterpriseFen: field.money('企业投入', 'Put in by the enterprise'),
      governmentFen: field.money('政府投入', 'Put in by government'),
      collectiveFen: field.money('村集体投入', 'Put in by the collective'),
      farmersFen: field.money('农户投入', 'Put in by farmers'),
      shares: field.text('分配约定', 'Shares of the result', 300),
      tasks: optional(field.long('各方职责', 'Tasks of each', 1000)),
    }),
    {
      postings: (t, from) =>
        (
          [
            ['enterprise', t.enterpriseFen],
            ['government', t.governmentFen],
            ['collective', t.collectiveFen],
            ['farmers', t.farmersFen],
          ] as const
        )
          .filter(([, amount]) => amount > 0)
          .map(([party, amount]) => ({
            book: 'venture',
            day: from,
            key: `contribution-${party}`,
            debit: 'asset:receivable',
            credit: `equity:${party}`,
            amount,
            text: say('投入约定', 'Contribution agreed'),
          })),
    },
  ),
]);
