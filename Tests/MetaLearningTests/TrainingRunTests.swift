import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Run folders")
struct TrainingRunTests {
    @Test("a folder that is there is never overwritten")
    func neverOverwritten() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: MetaLearningError.self) {
            try TrainingRun.create(folder.url, configuration: .small, threads: 1)
        }
        #expect(error?.kind == .alreadyExists)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
    }

    @Test("a folder without a run is not resumed")
    func nothingToResume() throws {
        let folder = try TemporaryFolder()
        #expect(throws: MetaLearningError.self) { try TrainingRun.resume(folder.url) }
    }

    @Test("the folder has the settings, one line of metrics an epoch, models and the table")
    func contents() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "deep/run")
        let configuration = TrainingConfiguration.small
        let run = try TrainingRun.create(
            place, configuration: configuration, threads: 2,
            provenance: ["collection_sha256": "abc"])
        let source = try SimulatedTasks()
        let result = try Trainer(source: source, configuration: configuration).train(into: run)

        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: place.path()).sorted() == [
                "checkpoints", "checkpoints/best.safetensors", "checkpoints/last.safetensors",
                "checkpoints/pretrained.safetensors", "checkpoints/random.safetensors",
                "checkpoints/resume.safetensors", "configuration.json", "metrics.jsonl",
                "provenance.json", "results.csv", "results.md",
            ])
        var resolved = configuration
        resolved.queryBatchSize = configuration.inner.batchSize
        resolved.taskMemoryMiB = configuration.taskMemory >> 20
        #expect(try run.configuration() == resolved)
        let lines = try String(
            contentsOf: place.appending(path: "metrics.jsonl"), encoding: .utf8
        ).split(separator: "\n")
        #expect(lines.count == 3)
        let first = try Document(json: lines[0].utf8, name: "metrics").cursor.object()
        #expect(try first.required("validation_loss").number() == result.epochs[0].validationLoss)

        let best = place.appending(path: "checkpoints/best.safetensors")
        let model = try ModelCheckpoint(contentsOf: best)
        #expect(model.parameters == result.parameters)
        #expect((model.model as? DNN)?.hidden == [12, 8])
        #expect(model.classNames == source.classNames)
        #expect(model.channelCount == 4 && model.windowLength == 6)
        let tensors = try Safetensors(contentsOf: best)
        #expect(
            tensors.entries.map(\.name) == [
                "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias",
                "linear3.weight", "linear3.bias",
            ])
        #expect(tensors.metadata["collection_sha256"] == "abc")
        #expect(tensors.metadata["epoch"] == "\(result.selectedEpoch)")
    }

    @Test("a checkpoint whose tensors are not those of its model is refused")
    func strangeCheckpoints() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "m.safetensors")
        let network = DenseNetwork(inputWidth: 4, hidden: [3], classCount: 2)
        let model = DNN(hidden: [3])
        let good = try ModelCheckpoint(
            model: model, parameters: network.initialParameters(seed: 1),
            classNames: ["a", "b"], channelCount: 2, windowLength: 2)
        let changes: [(String, (inout Safetensors) -> Void)] = [
            ("linear9.bias", { $0.set("linear9.bias", to: Tensor(Float(0))) }),
            (
                "linear1.bias",
                {
                    $0.set(
                        "linear1.bias",
                        to: Tensor(shape: [4], elements: [Float](repeating: 0, count: 4)))
                }
            ),
            (
                "linear2.bias",
                { $0.set("linear2.bias", to: Tensor(shape: [2], elements: [Float.nan, 0])) }
            ),
            ("myotask.model", { $0.metadata["format"] = "other" }),
            ("window_length", { $0.metadata["window_length"] = "-4" }),
            ("hidden", { $0.metadata["hidden"] = "[0]" }),
            ("classes", { $0.metadata["classes"] = "[]" }),
            ("linear1.weight", { $0.metadata["hidden"] = "[65536, 65536]" }),
            ("model", { $0.metadata["model"] = "cnn" }),
        ]
        for (mention, change) in changes {
            var tensors = good.tensors()
            change(&tensors)
            try tensors.write(to: file)
            let error = #expect(throws: MetaLearningError.self) {
                try ModelCheckpoint(contentsOf: file)
            }
            #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
        }
        try good.tensors().write(to: file)
        #expect(try ModelCheckpoint(contentsOf: file).parameters == good.parameters)
    }
}
