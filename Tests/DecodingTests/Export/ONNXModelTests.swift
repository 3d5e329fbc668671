import Autodiff
import Decoding
import EMGFilters
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite struct ONNXModelTests {
    /// Checks a model, runs it on batches of several sizes and prints what it says of itself.
    private static let program = """
        import sys, json, numpy as np, onnx, onnxruntime
        path, windows, samples, channels = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        x = np.fromfile(windows, "<f4").reshape(-1, samples, channels)
        whole = session.run(None, {"window": x})
        deviation = 0.0
        for size in (1, 3):
            part = [session.run(None, {"window": x[i:i + size]}) for i in range(0, len(x), size)]
            logits = np.concatenate([p[0] for p in part])
            deviation = max(deviation, float(np.abs(logits - whole[0]).max()))
        exponents = np.exp(whole[0] - whole[0].max(axis=1, keepdims=True))
        print(json.dumps({
            "logits": whole[0].ravel().tolist(),
            "batches": deviation,
            "probabilities": float(np.abs(
                whole[1] - exponents / exponents.sum(axis=1, keepdims=True)).max()),
            "inputs": [[i.name, i.shape, i.type] for i in session.get_inputs()],
            "outputs": [[o.name, o.shape, o.type] for o in session.get_outputs()],
            "metadata": {p.key: p.value for p in model.metadata_props},
            "opset": model.opset_import[0].version, "ir": model.ir_version,
            "initializers": [i.name for i in model.graph.initializer],
        }))
        """

    private struct Report: Decodable {
        let logits: [Float]
        let batches: Double
        let probabilities: Double
        let metadata: [String: String]
        let opset: Int
        let ir: Int
        let initializers: [String]
    }

    private static func run(_ example: ExportCase, _ bundle: DecoderBundle, windows: [Float]) throws
        -> Report
    {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "model.onnx")
        let numbers = folder.url.appending(path: "windows.f32")
        try Data(try ONNXModel(bundle).bytes).write(to: file)
        try windows.littleEndian.write(to: numbers)
        let output = try ONNXPython.run(
            program,
            arguments: [
                file.path(), numbers.path(), "\(example.windowLength)", "\(example.channelCount)",
            ])
        return try JSONDecoder().decode(Report.self, from: Data(output.utf8))
    }

    @Test(
        .enabled(if: ONNXPython.isPresent, "needs Python with onnxruntime"),
        arguments: ExportCase.models + ExportCase.closed)
    func `onnxruntime gives the logits of the tape for batches of any size`(
        _ example: ExportCase
    ) throws {
        let bundle = try example.bundle()
        let windows = example.windows(66)
        let report = try Self.run(example, bundle, windows: windows)
        let logits = try example.logits(of: windows, bundle)
        try #require(report.logits.count == logits.count)
        let deviation = zip(report.logits, logits).map { abs($0 - $1) }.max() ?? .infinity
        let largest = Double(logits.map(abs).max() ?? 0)
        #expect(Double(deviation) <= 1e-5 * max(1, largest))
        #expect(report.batches <= 1e-5 * max(1, largest))
        #expect(report.probabilities <= 1e-6)
        for window in 0..<66 {
            let own = logits[window * 3..<window * 3 + 3]
            let found = report.logits[window * 3..<window * 3 + 3]
            #expect(
                own.firstIndex(of: own.max() ?? 0).map { $0 - own.startIndex }
                    == found.firstIndex(of: found.max() ?? 0).map { $0 - found.startIndex })
        }
    }

    @Test(.enabled(if: ONNXPython.isPresent, "needs Python with onnxruntime"))
    func `the file says what it is for, and parameters have PyTorch's names`() throws {
        var example = ExportCase.models[4]
        example.pipeline = ConditioningPipeline(
            phase: .causal, stages: [PipelineStages.bandPass(low: 20, high: 90)])
        let report = try Self.run(example, try example.bundle(), windows: example.windows(3))
        #expect(report.opset == 17)
        #expect(report.ir == 8)
        #expect(report.metadata["classes"] == #"["relax","open","close"]"#)
        #expect(report.metadata["channels"] == #"["emg0","emg1","emg2","emg3"]"#)
        #expect(report.metadata["units"] == #"["uV","uV","uV","uV"]"#)
        #expect(report.metadata["sampling_rate_hz"] == "200.0")
        #expect(report.metadata["window_samples"] == "24")
        #expect(report.metadata["stride_samples"] == "6")
        #expect(report.metadata["conditioning"]?.contains("band_pass") == true)
        #expect(report.initializers.contains("tcn.network.0.conv1.bias"))
        #expect(report.initializers.contains("linear1.weight"))
    }

    @Test func `the same bundle gives the same bytes`() throws {
        let example = ExportCase.models[5]
        #expect(try ONNXModel(example.bundle()).bytes == ONNXModel(example.bundle()).bytes)
    }
}
