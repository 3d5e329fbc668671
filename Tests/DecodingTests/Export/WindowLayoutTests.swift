import Decoding
import EMGFilters
import Foundation
import MetaLearning
import Synchronization
import TestSupport
import Testing
import Windowing

@Suite struct WindowLayoutTests {
    /// Keeps the windows that a decoder gives to its model.
    private final class Windows: Sendable {
        private let kept = Mutex<[[Float]]>([])

        var all: [[Float]] { kept.withLock { $0 } }

        func keep(_ window: Span<Float>) {
            let numbers = window.indices.map { window[$0] }
            kept.withLock { $0.append(numbers) }
        }
    }

    private struct Probe: DecoderModel, WindowScorer {
        let windows: Windows
        let classCount = ExportCase.classes.count
        let sight = WindowSight.normalized
        var kind: any DecoderModelKind { NetworkKind() }

        func makeScorer() -> any WindowScorer { self }
        func store(in file: inout Safetensors) {}
        func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>) {
            windows.keep(window)
            for label in probabilities.indices { probabilities[label] = label == 0 ? 1 : 0 }
        }
    }

    /// The function on the page, with a program around it.
    private static func program() throws -> String {
        let page = try String(
            contentsOf: SharedMaterial.packageFolder.appending(
                path: "docs/decoding/window-layout.md"),
            encoding: .utf8)
        let parts = page.components(separatedBy: "<!-- file windows.py -->\n```python\n")
        let function = try #require(parts.last?.components(separatedBy: "```\n").first)
        return """
            import sys
            \(function)
            folder, channels, length, stride = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
            conditioned = np.fromfile(folder + "/conditioned", "<f4").reshape(-1, channels)
            offset, scale = np.fromfile(folder + "/scaling", "<f8").reshape(2, -1)
            for name, channel_major in (("time", False), ("channel", True)):
                windows(conditioned, offset, scale, length, stride, channel_major).tofile(
                    folder + "/" + name)
            """
    }

    @Test(.enabled(if: Python.has(module: "numpy"), "needs Python with numpy"))
    func `the code on the page gives what models are given, bit for bit`() throws {
        var example = ExportCase.models[0]
        example.channelCount = 3
        example.pipeline = ConditioningPipeline(
            phase: .causal, stages: [.bandPass(low: 20, high: 90), .rectify])
        var bundle = try example.bundle()
        let windows = Windows()
        bundle.model = Probe(windows: windows)
        let signal = example.windows(5)
        var decoder = try Decoder(bundle)
        decoder.feed(signal.span) { _, _ in }

        let folder = try TemporaryFolder()
        func url(_ name: String) -> URL { folder.url.appending(path: name) }
        var conditioned = signal.map(Double.init)
        var stream = try #require(try bundle.makeConditioning())
        stream.process(&conditioned)
        try conditioned.map { Float($0) }.littleEndian.write(to: url("conditioned"))
        let scaling = bundle.normalization.offset + bundle.normalization.scale
        try Data(
            scaling.flatMap { value in
                (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
            }
        ).write(to: url("scaling"))
        let run = try Python.run(
            Self.program(),
            arguments: [
                folder.url.path(), "\(example.channelCount)", "\(example.windowLength)",
                "\(example.stride)",
            ])
        try #require(run.status == 0, "\(run.output)")
        for (name, order) in [("time", WindowGather.Order.timeMajor), ("channel", .channelMajor)] {
            let gather = WindowGather(
                channelCount: example.channelCount, windowLength: example.windowLength, order: order
            )
            let expected = windows.all.map { window in
                var row = [Float](repeating: 0, count: gather.width)
                var span = row.mutableSpan
                gather.copy(0, of: window.span, into: &span)
                return row
            }
            #expect(expected.count == 17)
            #expect(try Data(contentsOf: url(name)) == expected.flatMap(\.self).littleEndian)
        }
    }
}
