import Documents
import EMGFilters
import TestSupport
import Testing

@Suite("The schema of pipelines is generated")
struct PipelineSchemaTests {
    @Test("the committed schema is the generated one")
    func committed() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/pipeline.schema.json",
                generated: ConditioningPipeline.schemaDocument().document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test("the tables of the documentation are generated")
    func tables() throws {
        let kinds = ConditioningPipeline.stageKinds.entries
        var list = "| stage | members (default) | what it does |\n| --- | --- | --- |\n"
        var sections: [String] = []
        for kind in kinds {
            let object = kind.schema(Kinds())
            let members = object.properties.map { property in
                let standard = property.standard?.json(.canonical).replacing("\"", with: "")
                let text = standard.map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0 }
                return "`\(property.key)`" + (text.map { " (\($0))" } ?? "")
            }
            list += "| `\(kind.name)` | \(members.joined(separator: ", ")) | "
            list += "\(kind.documentation) |\n"
            sections.append(
                "## `\(kind.name)`\n\n\(kind.documentation)\n"
                    + (members.isEmpty ? "" : "\n\(FieldTable(object).markdown)"))
        }
        #expect(
            try CommittedText.isCurrent(
                "docs/filters/pipeline.md", region: "stages", generated: list))
        #expect(
            try CommittedText.isCurrent(
                "docs/filters/stages.md", region: "members",
                generated: sections.joined(separator: "\n")))
    }

    @Test("what is written is read back", arguments: ConditioningPreset.allCases)
    func presets(preset: ConditioningPreset) throws {
        let pipeline = preset.pipeline
        let text = pipeline.document.json(.canonical)
        let read = try ConditioningPipeline(Document(json: text.utf8, name: "p.json").cursor)
        #expect(read == pipeline)
    }

    @Test("every stage is written as it is read")
    func everyStage() throws {
        let stages: [any PipelineStage] = [
            .bandPass(), .bandPass(low: 10, high: 90, order: 2), .highPass(cutoff: 20),
            .lowPass(cutoff: 6, order: 1), .bandStop(low: 45, high: 55),
            .notch(mains: 50, harmonics: 3), .notch(mains: 60, width: .bandwidth(2)), .rectify,
            .envelope(cutoff: 3), .comb(fundamental: 50, quality: 20),
            .fir(low: 20, length: 101, window: .kaiser(beta: 4)),
            .fir(low: 45, high: 55, stops: true, length: 301), .mneFilter(low: nil, high: 90),
            .mneNotch(mains: 50, harmonics: 2), .spectrumInterpolation(mains: 50, width: 3),
            .detrend(.linear), .clip(low: -1, high: 2), .movingRMS(seconds: 0.2),
            .movingARV(seconds: 0.05), .hilbert, .teagerKaiser, .normalize(.zScore),
            .normalize(.percentile(95)), .normalize(.mvc(values: [1, 2], source: "stated")),
            .normalize(.mvcRecording(name: "mvc", percentile: 90)), .resample(.rate(500)),
            .resample(.ratio(up: 2, down: 5)),
        ]
        #expect(
            Set(stages.map(\.key)) == Set(ConditioningPipeline.stageKinds.names),
            "one of each kind at least")
        let pipeline = ConditioningPipeline(stages: stages)
        let text = pipeline.document.json(.canonical)
        let read = try ConditioningPipeline(Document(json: text.utf8, name: "p.json").cursor)
        for (found, stage) in zip(read.stages, stages) {
            #expect(AnyHashable(found) == AnyHashable(stage), "\(stage)")
        }
    }
}
