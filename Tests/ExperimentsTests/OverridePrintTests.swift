import Documents
import EMGTasks
import Experiments
import Foundation
import MetaLearning
import Testing

@Suite("Resolved settings")
struct OverridePrintTests {
    @Test("a printed training is read as the same settings and says where each value comes from")
    func training() throws {
        let text = "preset: warm_start\ninner:\n  learning_rate: 1.0e-2\n"
        let document = try Document(yaml: text.utf8, name: "t.yaml").applying([
            DocumentOverride("seed=7", source: "override 1")
        ])
        let settings = try TrainingConfiguration(document.cursor)
        let printed = ResolvedSettings.yaml(settings, from: document, threads: 3)
        let again = try TrainingConfiguration(Document(yaml: printed.utf8, name: "p.yaml").cursor)
        #expect(again.identity == settings.identity)
        func comment(_ key: String) -> String? {
            printed.split(separator: "\n").first { $0.contains("\(key):") }?
                .components(separatedBy: "# ").last
        }
        #expect(comment("seed") == "override 1: seed")
        #expect(comment("learning_rate") == "t.yaml:3")
        #expect(comment("initial") == "preset warm_start")
        #expect(comment("meta_epochs") == "preset warm_start")
        #expect(comment("tasks_per_step") == "default")
    }

    /// The lines without what is said of where they come from, in no order.
    private static func settings(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").map { line in
                String(line.prefix { $0 != "#" }).trimmingCharacters(in: .whitespaces)
            })
    }

    @Test(
        "the defaults of a collection that are printed are those that it has",
        arguments: [
            "window: {length: 40, stride: 4}", "window: {length_ms: 200, stride_ms: 50}",
            "window: {length: 40, stride: 4}\ndesign: {rule: leave_one_patient_out}",
            "window: {length: 40, stride: 4, label_rule: pure}\nsplit: {rule: shots, shots: 5}",
            "window: {length: 40, stride: 4}\nsplits: {test: 1}\nseed: 3",
        ])
    func collection(text: String) throws {
        let document = try Document(yaml: text.utf8, name: "c.yaml")
        let printed = try ResolvedSettings.yaml(ofCollection: document)
        let again = try Document(yaml: printed.utf8, name: "p.yaml")
        _ = try CollectionConfiguration(again.cursor)
        let reprinted = try ResolvedSettings.yaml(ofCollection: again)
        #expect(Self.settings(reprinted) == Self.settings(printed))
        #expect(printed.contains("normalization: standard"))
        #expect(printed.contains("# c.yaml:1"))
    }
}
