import Documents
import EMGTasks
import TestSupport
import Testing

@Suite("The schema of configurations of collections is generated")
struct CollectionSchemaTests {
    @Test("the committed schema is the generated one")
    func committed() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/collection.schema.json",
                generated: CollectionConfiguration.schemaDocument().document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test(
        "a configuration that is written is read back",
        arguments: [
            "window: {length: 40, stride_ms: 20, label_rule: pure, transition_trim_ms: 5}",
            "window: {length: 4, stride: 1}\ninclude: {patients: [p*], sampling_rate_hz: 200}",
            "window: {length: 4, stride: 1}\nsplit: {cues: [a, b], cycles: 3, guard_ms: 7}",
            "window: {length: 4, stride: 1}\nsplit: {rule: seconds, seconds: 2}",
            "window: {length: 4, stride: 1}\nsplit: {rule: shots, shots: 2, support_fraction: 0.5}",
            "window: {length: 4, stride: 1}\nsplit: {rule: blocks, blocks: 9, support_blocks: [4, 1]}",
            "window: {length: 4, stride: 1}\nsplits: {test: [p1], validation: 2}\nseed: 9",
            "window: {length: 4, stride: 1}\ndesign: {rule: cross_session, by_patient: true}",
            "window: {length: 4, stride: 1}\n"
                + "design: {rule: patient_subsets, test: [a], sizes: [2, 1], validation: {fraction: 0.2}}",
            "window: {length: 4, stride: 1}\n"
                + "design: {rule: random_sessions, test: [a/b], sizes: [2], validation: 3}",
            "window: {length: 4, stride: 1}\n"
                + "design: {rule: lists, collections: [{name: x, validation: [a], test: [b/*]}]}",
            "window: {length: 4, stride: 1}\n"
                + "classes: {rename: {a: b}, merge: {c: [d, e]}, drop: [f], order: [b, c]}",
            "window: {length: 4, stride: 1}\n"
                + "channels: {select: [a], grid: [1, 1], rotate: [{tasks: a/b, by: -2}]}",
            "window: {length: 4, stride: 1}\ntargets: {columns: [a/*], rule: mean}",
            "window: {length: 4, stride: 1}\nquality: {exclude: [saturation], warn: [flat_line]}",
            "window: {length: 4, stride: 1}\nedits: {file: e.json, take: not_rejected}",
            "window: {length: 4, stride: 1}\n"
                + "augmentation: [{kind: gain, range: 0.5}, {kind: rotation, probability: 0.25}]",
        ])
    func roundTrip(yaml: String) throws {
        let configuration = try CollectionConfiguration(
            Document(yaml: yaml.utf8, name: "c.yaml").cursor)
        let written = Document(name: "c.yaml", root: configuration.document)
        #expect(try CollectionConfiguration(written.cursor) == configuration)
    }
}
