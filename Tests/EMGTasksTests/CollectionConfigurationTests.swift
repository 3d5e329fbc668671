import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Testing

@Suite("The configuration of a collection")
struct CollectionConfigurationTests {
    private func configuration(_ text: String) throws -> CollectionConfiguration {
        try CollectionConfiguration(Document(yaml: text.utf8, name: "c.yaml").cursor)
    }

    @Test("a short configuration has the field's defaults")
    func defaults() throws {
        let result = try configuration("window: {length: 40, stride: 4}")
        let expected = CollectionConfiguration(
            window: WindowSettings(length: .samples(40), stride: .samples(4)))
        #expect(result == expected)
        #expect(result.window.labelRule is LastLabel)
        #expect(result.split == SplitSettings(FirstCycle()))
        #expect(result.normalization is StandardNormalization)
    }

    @Test("every member is read")
    func everything() throws {
        let result = try configuration(
            """
            seed: 45
            include: {patients: [p*], conditions: [111], sampling_rate_hz: 200}
            window: {length_ms: 200, stride: 4, label_rule: pure}
            split: {rule: first_cycle, cues: [rest, fist], guard_ms: 400}
            normalization: min_max
            splits: {test: [p1, 2], validation: 1, train: remaining}
            """)
        var expected = CollectionConfiguration(
            window: WindowSettings(
                length: .milliseconds(200), stride: .samples(4), labelRule: .pure),
            split: SplitSettings(
                .firstCycle(cues: ["rest", "fist"]), guardDuration: .milliseconds(400)),
            patients: PatientSplit(
                train: .remaining, validation: .count(1), test: .patients(["p1", "2"])),
            seed: 45)
        expected.include = RecordingSelection(
            patients: ["p*"], conditions: ["111"], samplingRate: 200)
        expected.normalization = .minMax
        #expect(result == expected)
        #expect(try result.window.length.samples(at: SamplingRate(hertz: 200)) == 40)
    }

    @Test(
        "a fault is named with its path",
        arguments: [
            ("window: {length: 0, stride: 1}", "$.window.length"),
            ("window: {length: 40}", "$.window"),
            ("window: {length: 4, stride: 1, lable_rule: last}", "$.window"),
            ("window: {length: 4, length_ms: 5, stride: 1}", "$.window.length_ms"),
            ("window: {length: 4, stride: 1}\nsplit: {rule: frist_cycle}", "$.split.rule"),
            ("window: {length: 4, stride: 1}\nsplit: {cues: [a, a]}", "$.split.cues[1]"),
            (
                "window: {length: 4, stride: 1}\nsplits: {test: [p1], train: [p1]}",
                "$.splits.train[0]"
            ),
            ("window: {length: 4, stride: 1}\nsplits: {test: some}", "$.splits.test"),
            ("window: {length: 4, stride: 1}\nsede: 4", "$"), ("[]", "$"),
        ])
    func faults(text: String, path: String) throws {
        let error = #expect(throws: DocumentError.self) { try configuration(text) }
        #expect(error?.path == path)
        #expect(error?.position != nil)
    }

    @Test(
        "patterns match whole names",
        arguments: [
            ("p*", "p12", true), ("p?", "p12", false), ("2016_*_p1", "2016_03_p1", true),
            ("*_p1", "2016_p11", false), ("a*b*c", "a-b-b-c", true), ("", "x", false),
            ("**x", "yyx", true),
        ])
    func patterns(pattern: String, name: String, fits: Bool) throws {
        let selection = RecordingSelection(conditions: [pattern])
        let identity = try RecordingIdentity(patient: "p", session: "s", condition: name)
        #expect(try selection.takes(identity, rate: SamplingRate(hertz: 100)) == fits)
    }

    @Test(
        "each split rule is read with its parameters",
        arguments: [
            ("{rule: seconds, seconds: 12.5}", .seconds(12.5) as any SplitRule),
            ("{rule: fraction, fraction: 0.2}", .fraction(0.2)),
            ("{rule: repetitions, repetitions: 2}", .repetitions(2)),
            ("{rule: shots, shots: 5}", .shots(5)),
            (
                "{rule: blocks, blocks: 10, support_blocks: [0, 5]}",
                .blocks(count: 10, support: [0, 5])
            ),
            (
                "{cues: [a, b], cycles: 3}", .firstCycle(cues: ["a", "b"], cycles: 3)
            ),
        ])
    func rules(text: String, rule: any SplitRule) throws {
        let document = try Document(
            yaml: "window: {length: 4, stride: 1}\nsplit: \(text)\n".utf8, name: "c.yaml")
        #expect(try CollectionConfiguration(document.cursor).split == SplitSettings(rule))
    }

    @Test(
        "a rule that is incomplete or mixed with another is refused at its place",
        arguments: [
            "{rule: seconds}", "{rule: seconds, fraction: 0.1, seconds: 2}", "{shots: 5}",
            "{rule: fraction, fraction: 1}", "{rule: shots, shots: 0}", "{rule: nonsense}",
            "{rule: blocks, blocks: 4, support_blocks: [4]}",
            "{rule: blocks, blocks: 2, support_blocks: [0, 1]}",
            "{rule: blocks, blocks: 2, support_blocks: []}", "{support_fraction: 0}",
        ])
    func badRules(text: String) throws {
        let document = try Document(
            yaml: "window: {length: 4, stride: 1}\nsplit: \(text)\n".utf8, name: "c.yaml")
        let error = #expect(throws: DocumentError.self) {
            try CollectionConfiguration(document.cursor)
        }
        #expect(error?.position?.line == 2)
        #expect(error?.path.hasPrefix("$.split") == true)
    }
}
