import { inquiries, referencesOf, reports } from '../../../domain/reports/index.ts';
import { type Route, route, type Wire } from '../../platform/http/routes.ts';
import type { Rq } from '../../platform/rq.ts';
import { getPublication } from '../../records/publications/index.ts';
import * as answers from './answers.ts';
import * as actions from './actions.ts';
import * as disputes from './disputes.ts';
import * as asking from './inquiries.ts';
import { sendTable } from './inquiry-export.ts';
import { listFields } from './inquiry-store.ts';
import * as reading from './reading.ts';
import { allTemplates } from './templates.ts';

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

async function sendWord(rq: Rq, id: string, publicUrl: string | undefined, { request, reply }: Wire): Promise<void> {
  const row = await getPublication(rq, id);
  const address = publicUrl ?? `${request.protocol}://${request.host}`;
  const file =
    row.kind === 'compilation' ? await reading.compilationFile(rq, row) : await reading.reportFile(rq, id, address);
  void reply
    .type(wordType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(file.bytes);
}

export function reportRoutes(settings: { publicUrl?: string | undefined }): Route[] {
  return [
    route(reports.templates, async () => ({
      items: allTemplates().map((t) => ({
        id: t.id,
        title: t.title,
        for: [...t.for],
        figures: referencesOf(t.blocks).length,
      })),
    })),
    route(reports.fill, (rq, { params, query }) => actions.fillTemplate(rq, params.id, params.template, query.period)),
    route(reports.list, (rq, { query }) => reading.listReports(rq, query)),
    route(reports.draft, (rq, { body }) => actions.draftReport(rq, body)),
    route(reports.get, async (rq, { params }) => actions.showReport(rq, await actions.getReport(rq, params.id))),
    route(reports.change, (rq, { params, body }) => actions.changeReport(rq, params.id, body)),
    route(reports.sign, (rq, { params, body }) => actions.signReport(rq, params.id, body.blanksAccepted)),
    route(reports.renew, (rq, { params }) => actions.renewReport(rq, params.id)),
    route(reports.file, (rq, { params }, wire) => sendWord(rq, params.id, settings.publicUrl, wire)),
    route(reports.compile, (rq, { body }) => reading.compileReports(rq, body)),
    route(reports.verify, (rq, { params }) => reading.verifyCode(rq, params.code)),
  ];
}

export const inquiryRoutes: Route[] = [
  route(inquiries.fields, (rq, { query }) => listFields(rq, query)),
  route(inquiries.addField, (rq, { body }) => asking.addField(rq, body)),
  route(inquiries.preview, (rq, { body }) => asking.previewInquiry(rq, body)),
  route(inquiries.draft, (rq, { body }) => asking.draftInquiry(rq, body)),
  route(inquiries.change, (rq, { params, body }) => asking.changeInquiry(rq, params.id, body)),
  route(inquiries.send, (rq, { params }) => asking.sendInquiry(rq, params.id)),
  route(inquiries.list, (rq, { query }) => asking.listInquiries(rq, query)),
  route(inquiries.get, (rq, { params }) => asking.showInquiry(rq, params.id)),
  route(inquiries.export, (rq, { params, query }, wire) => sendTable(rq, params.id, query.format, wire), {
    loose: true,
  }),
  route(inquiries.close, (rq, { params, body }) => answers.closeInquiry(rq, params.id, body.reason)),
  route(inquiries.cancel, (rq, { params, body }) => answers.cancelInquiry(rq, params.id, body.reason)),
  route(inquiries.answerForm, (rq, { params }) => answers.showAnswer(rq, params.id)),
  route(inquiries.answer, (rq, { params, body }) => answers.giveAnswer(rq, params.id, body)),
  route(inquiries.dispute, (rq, { params, body }) => disputes.disputeCell(rq, params.id, params.column, body)),
  route(inquiries.takeBack, (rq, { params }) => disputes.takeBack(rq, params.id, params.column)),
  route(inquiries.return, (rq, { params, body }) => answers.returnAnswer(rq, params.id, body.reason)),
  route(inquiries.burden, (rq, { params, query }) => asking.showBurden(rq, params.id, query.month)),
  route(inquiries.setCap, (rq, { params, body }) => asking.setCap(rq, params.id, body.minutes, body.document)),
];
