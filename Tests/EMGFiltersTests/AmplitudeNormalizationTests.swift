import Documents
import EMGFilters
import EMGSignal
import Testing

@Suite("Methods of normalize")
struct AmplitudeNormalizationTests {
    /// A value for each member that some method has.
    private static let members = ["percentile": "90", "values": "[250]", "recording": "mvc"]

    private func stage(_ members: String) throws -> Normalize {
        let document = try Document(
            yaml: "stages: [{normalize: {\(members)}}]".utf8, name: "p.yaml")
        return try #require(try ConditioningPipeline(document.cursor).stages.first as? Normalize)
    }

    @Test(
        "each refuses the members of the others",
        arguments: Registry<any AmplitudeNormalization>.standard.names)
    func foreign(name: String) throws {
        let method = try #require(Registry<any AmplitudeNormalization>.standard[name])
        let foreign = Self.members.filter { !method.keys.contains($0.key) }
        #expect(foreign.count + method.keys.count == Self.members.count)
        for (key, value) in foreign {
            let error = #expect(throws: DocumentError.self) {
                try stage("method: \(name), \(key): \(value)")
            }
            #expect(error?.description.contains("leave \(key) out") == true, "\(key)")
        }
    }

    @Test(
        "amplitudes of a contraction are stated or measured, not both or neither",
        arguments: [
            "method: mvc", "method: mvc, percentile: 90", "method: mvc, values: []",
            "method: mvc, values: [250], recording: mvc",
            "method: mvc, values: [250], percentile: 90",
        ])
    func contraction(members: String) {
        #expect(throws: DocumentError.self) { try stage(members) }
    }

    @Test("the method must be there", arguments: ["", "percentile: 90"])
    func missing(members: String) {
        #expect(throws: DocumentError.self) { try stage(members) }
    }

    @Test(
        "histories have the numbers of the method",
        arguments: [
            ("method: z_score", ["method": .text("z-score")]),
            ("method: min_max", ["method": .text("min-max")]),
            ("method: percentile", ["method": .text("percentile"), "percentile": .number(100)]),
            (
                "method: percentile, percentile: 95",
                ["method": .text("percentile"), "percentile": .number(95)]
            ),
            (
                "method: mvc, values: [250, 300]",
                [
                    "method": .text("mvc"), "values": .list([.number(250), .number(300)]),
                    "source": .text("stated"),
                ]
            ),
            (
                "method: mvc, recording: p1/s1/mvc",
                [
                    "method": .text("mvc"), "source": .text("p1/s1/mvc"),
                    "percentile": .number(95),
                ]
            ),
        ] as [(String, [String: ProcessingStep.Value])])
    func history(members: String, parameters: [String: ProcessingStep.Value]) throws {
        let input = StageInput(samplingRate: try SamplingRate(hertz: 1_000), phase: .zero)
        #expect(try stage(members).design(for: input).parameters == parameters)
    }
}
