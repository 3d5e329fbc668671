import Documents
import EMGIngest
import Foundation
import TestSupport
import Testing

@Suite("The schema of templates is generated")
struct TemplateSchemaTests {
    @Test("the committed schema and tables are the generated ones")
    func committed() throws {
        let schema = SourceTemplate.schemaDocument()
        #expect(
            try CommittedText.isCurrent("schemas/\(schema.name)", generated: schema.document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        guard case .object(var template) = schema.schema else {
            Issue.record("a template is an object")
            return
        }
        for (key, page) in [
            ("delimited", "delimited"), ("hdf5", "hdf5-archives"), ("matlab", "matlab"),
            ("edf", "edf"),
        ] {
            guard
                case .object(let layout)? = template.properties.first(where: { $0.key == key })?
                    .schema
            else {
                Issue.record("\(key) is an object")
                continue
            }
            #expect(
                try CommittedText.isCurrent(
                    "docs/formats/\(page).md", region: "members",
                    generated: FieldTable(layout).markdown))
            template.properties.removeAll { $0.key == key }
        }
        #expect(
            try CommittedText.isCurrent(
                "docs/formats/templates.md", region: "template",
                generated: FieldTable(template).markdown))
    }

    @Test(
        "a template that is written is read back",
        arguments: [
            "path: '{patient}/{*}.csv'\nunit: mV\nrate_hz: 1000\nclasses: {1: fist}\n"
                + "unlabeled: [0]\ndelimited: {channels: [{from: 2, to: 4}, 'emg*'], "
                + "delimiter: semicolon, decimal: comma, time: {column: t, unit: ms}, "
                + "counter: {column: 1, bits: 8}, missing: ['-'], encoding: latin-1, "
                + "targets: [{name: a, columns: x*, dimensions: [b]}], "
                + "recognize: {begins: '#', header: [a, b]}}",
            "rate_hz: 10\ndelimited: {header_rows: [groups, names, units, rates_hz, text], "
                + "name_form: '{name} ({unit})', starts_at: 'A*', ends_at: '', blocks: each, "
                + "stated: {rate_hz: [Rate, '{} Hz'], interval: '{} msec/sample', names: N}, "
                + "time: {columns: ['X*', 7], unit: clock}, thousands: comma, scale: [1, 2], "
                + "offset: 0.5, ignore: [no], extra_cells: ignore, row_comment: '#', "
                + "events: {file: '{name}.csv', onset: a, unit: samples, on_clock: true}, "
                + "recognize: {lines: ['A*', 'B*']}}",
            "delimited: {label: {column: m, lasts: until_next, idle: [0], mask: 240, "
                + "shortest_rows: 6}, blocks: 2, starts_at: A, time: {column: t, unit: samples}}",
            "delimited: {row_comment: '#', label: {begins: '{label} on', ends: [off, '{label} off']}}",
            "delimited: {events: {starts_at: 'Time*', label: Name}}",
            "hdf5: {samples: emg, members: [a, b], time: t, time_unit: us, rate: /@fs, scale: 2, "
                + "labels: {from: gt, classes: {0: rest, 5: fist}}, axis: channels-first, "
                + "identity: {patient: /@subject, run: 7}, targets: [{name: a, dataset: /b}]}",
            "hdf5: {samples: /emg, channels: [a, b], labels: /gt, "
                + "events: {start: s, duration: d, name: n}}",
            "identity: {session: one}\nmatlab: {emg: x, time: {variable: t, unit: ms}, "
                + "samples: columns, targets: [{name: glove, variable: g}]}",
            "classes: {1: rest, 2: fist}\nedf: {triggers: {channel: Status, mask: 255, "
                + "lasts: while-held, shortest: 5}}",
            "edf: {}",
        ] + SourceTemplate.texts.map { $0.text })
    func roundTrip(yaml: String) throws {
        let written = try SourceTemplate.canonical(
            Document(yaml: yaml.utf8, name: "t.yaml").cursor)
        let again = try SourceTemplate.canonical(Document(name: "t.yaml", root: written).cursor)
        #expect(again == written)
        let text = written.yaml()
        let name = "t.yaml"
        let template = try SourceTemplate(text, document: name, name: name)
        let original = try SourceTemplate(yaml, document: name, name: name)
        #expect(template.layout == original.layout)
        #expect(template.paths == original.paths)
        #expect(template.identity == original.identity)
    }
}
