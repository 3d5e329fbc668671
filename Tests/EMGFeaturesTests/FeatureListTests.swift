import Documents
import EMGFeatures
import ErrorReports
import Testing

@Suite("Lists of features")
struct FeatureListTests {
    @Test(
        "features are read by their short names, in either case, with a parameter behind a colon",
        arguments: [
            ("mav", .mav), ("ZC:0.5", .zeroCrossings(threshold: 0.5)),
            ("ar", .autoregressive(order: 4)), ("Cc:6", .cepstrum(order: 6)),
            ("wamp:2", .willisonAmplitude(threshold: 2)),
            (" ssc : 3", .slopeSignChanges(threshold: 3)),
            ("[sampen: {m: 3, r: 0.2}]", .sampleEntropy(m: 3, r: 0.2)),
            (
                "[{ssc: {threshold: 1, inclusive: true}}]",
                .slopeSignChanges(threshold: 1, inclusive: true)
            ),
        ] as [(String, any Feature)])
    func elements(text: String, feature: any Feature) throws {
        #expect(try FeatureList(text) == FeatureList([feature]))
    }

    @Test("every feature is read by its key, and written as it is read")
    func everyFeature() throws {
        let registry = Registry<any Feature>.standard
        #expect(registry.entries.count == 22)
        for entry in registry.entries {
            let list = try FeatureList(entry.name == "wamp" ? "wamp:1" : entry.name)
            let written = Document(name: "f", root: FeatureList.format.write(list))
            #expect(try FeatureList.format.read(written.cursor) == list)
            let kind = type(of: entry.standard)
            #expect(!kind.fullName.isEmpty)
            #expect(kind.mainField.map { entry.keys.contains($0) } != false)
            #expect(list.features[0].columnNames.count == list.features[0].count)
        }
    }

    @Test(
        "what is no feature says what is meant",
        arguments: [
            ("", "the number of features must be from 1 to 1000"),
            ("mavv", "mavv is no feature\n  hint: did you mean \"mav\"?"),
            ("mav:3", "mav takes no number behind a colon"),
            ("zc:x", "zc.threshold must be a number, found \"x\""),
            ("ar:1.5", "expected a whole number from 1 to 64, found 1.5"),
            ("ar:99", "$[0].ar.order: expected a whole number from 1 to 64, found 99"),
            ("zc:-1", "expected a number of at least 0.0, found -1"),
            ("wamp", "wamp needs its threshold: wamp:NUMBER"),
            ("[mav, wampp]", "did you mean \"wamp\"?"),
            ("[wamp]", "\"threshold\" is missing"),
            ("[ssc: {treshold: 1}]", "did you mean \"threshold\"?"),
        ])
    func wrong(text: String, message: String) {
        do {
            Issue.record("read as \(try FeatureList(text))")
        } catch {
            #expect(error is any ExplainedError)
            #expect("\(error)".contains(message), "\(error)")
        }
    }
}
