import Autodiff
import Decoding
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite struct DecoderExportTests {
    @Test func `safetensors are a checkpoint with the normalization beside it`() throws {
        let example = ExportCase.models[4]
        let bundle = try example.bundle()
        let file = try Safetensors(
            bytes: DecoderExport.safetensors.bytes(of: bundle), name: "decoder.safetensors")
        let model = try #require(bundle.model as? NetworkModel)
        let checkpoint = try ModelCheckpoint(file, name: "decoder.safetensors")
        #expect(checkpoint.parameters == model.parameters)
        #expect(checkpoint.classNames == ExportCase.classes)
        #expect(
            file.metadata["normalization_offset"]
                == DocumentValue.numbers(bundle.normalization.offset).json())
        #expect(
            file.metadata["normalization_scale"]
                == DocumentValue.numbers(bundle.normalization.scale).json())
    }

    @Test(arguments: DecoderExport.allCases)
    func `the command writes what the library gives, and never over a file`(
        _ target: DecoderExport
    ) throws {
        let bundle = try ExportCase.models[0].bundle()
        let folder = try TemporaryFolder()
        try bundle.write(to: folder.url.appending(path: "decoder.myodec"))
        let call = ["export", "decoder.myodec", "--to", target.rawValue, "--output", "decoder.out"]
        let run = try CommandRun(call + ["--json"], in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let bytes = try target.bytes(of: bundle)
        #expect(try Data(contentsOf: folder.url.appending(path: "decoder.out")) == Data(bytes))
        let result = try Document(json: run.output.utf8, name: "output").cursor.object()
        #expect(try result.required("output").string() == "decoder.out")
        #expect(try result.required("format").string() == target.rawValue)
        #expect(try result.required("bytes").integer(in: 0...Int.max) == bytes.count)
        let again = try CommandRun(call, in: folder.url)
        #expect(again.status == 1)
        #expect(
            again.problems.contains("decoder.out: is there already and is never overwritten"))
    }

    /// A network whose outputs depend on the other windows of the batch.
    private struct Mixing: LayeredNetwork {
        let mixes: @Sendable (inout Tape, Tape.Variable) -> Tape.Variable
        private(set) var plan = ModelPlan(ModelRecorder())
        var name: String { "mixing" }
        var layout: WindowSet.Layout { .timeMajor }
        var inputWidth: Int { 4 * 24 }
        var classCount: Int { 3 }

        init(_ mixes: @escaping @Sendable (inout Tape, Tape.Variable) -> Tape.Variable) {
            self.mixes = mixes
            plan = makePlan()
        }

        func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
            let rows = recorder.linear("layer", input, outputs: 3)
            return mixes(&recorder.tape, rows)
        }
    }

    @Test(arguments: [0, 1, 2])
    func `a network that mixes the windows of a batch is refused with the reason`(
        _ which: Int
    ) throws {
        let networks = [
            // Less the mean of the batch.
            Mixing { tape, rows in
                let count = tape.shape(of: rows)[0]
                let mean = tape.scale(tape.columnSums(rows), by: 1 / Double(count))
                return tape.subtract(rows, tape.repeatRow(mean, count: count))
            },
            // The same numbers taken as columns.
            Mixing { tape, rows in
                let count = tape.shape(of: rows)[0]
                return tape.permute(
                    tape.reshape(rows, to: [3, count]),
                    Permutation(extents: [3, count], order: [1, 0]))
            },
            // Divided by the number of windows.
            Mixing { tape, rows in tape.scale(rows, by: 1 / Double(tape.shape(of: rows)[0])) },
        ]
        let bundle = try ExportCase.models[0].bundle(networks[which])
        for target in [DecoderExport.onnx, .c] {
            #expect {
                _ = try target.bytes(of: bundle)
            } throws: { error in
                let text = "\(error)"
                return text.contains("the model mixing cannot be exported to")
                    && text.contains("so that it cannot be run on batches of any size")
            }
        }
    }

    @Test func `a head that mixes densities is refused by what it does`() throws {
        let example = ExportCase("posterior", DNN(hidden: [4]), learner: PosteriorFeatures())
        let bundle = try example.bundle()
        for target in [DecoderExport.onnx, .c] {
            #expect {
                _ = try target.bytes(of: bundle)
            } throws: { "\($0)".contains("the head of this bundle's network mixes densities") }
        }
        // Its numbers can be had.
        let file = try Safetensors(bytes: DecoderExport.safetensors.bytes(of: bundle), name: "x")
        #expect(file.entries.contains { $0.name == "fit.inverses" })
    }

    @Test func `a class that was not shown is never decided by other programs either`() throws {
        let labels: [UInt8] = [0, 2, 0, 2]
        let rows = [1.0, 2, 3, 4, -1, 0, 1, 0, 1, 2, 3, 3, -1, 0, 1, 1]
        var bundle = try ExportCase.closed[3].bundle()
        bundle.model = DiscriminantModel(
            DiscriminantKind(), fitting: [(rows, labels)],
            form: WindowForm(channelCount: 4, windowLength: 24, classCount: 3))
        #expect(
            String(decoding: try DecoderExport.c.bytes(of: bundle), as: UTF8.self)
                .contains("-3e+38"))
    }

    @Test func `a model of another kind is refused by formats that have no form of it`() throws {
        struct Other: DecoderModel, WindowScorer {
            let classCount = 3
            let sight = WindowSight.conditioned
            var kind: any DecoderModelKind { NetworkKind() }
            func makeScorer() -> any WindowScorer { self }
            func store(in file: inout Safetensors) {}
            func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>) {}
        }
        var bundle = try ExportCase.models[0].bundle()
        bundle.model = Other()
        for target in [DecoderExport.onnx, .c] {
            #expect {
                _ = try target.bytes(of: bundle)
            } throws: { error in
                "\(error)".contains("has no form of the model of this bundle, a network")
            }
        }
    }
}
