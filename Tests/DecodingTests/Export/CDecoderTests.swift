import Decoding
import Documents
import EMGFilters
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite struct CDecoderTests {
    /// Reads samples of single precision and prints each decision with its numbers.
    private static let harness = """
        #define MYOTASK_DECLARATIONS_ONLY
        #include "decoder.c"
        #include <stdio.h>
        #include <stdlib.h>

        void *__wrap_malloc(size_t size) { (void)size; abort(); }
        void *__wrap_calloc(size_t count, size_t size) { (void)count; (void)size; abort(); }
        void *__wrap_realloc(void *old, size_t size) { (void)old; (void)size; abort(); }

        int main(void)
        {
            static float samples[1 << 20];
            static char line[1 << 16];
            struct myotask_decision decision;
            size_t count = fread(samples, sizeof *samples, 1 << 20, stdin), i, label;
            setvbuf(stdout, line, _IOFBF, sizeof line);
            myotask_decoder_reset();
            for (i = 0; i + MYOTASK_CHANNELS <= count; i += MYOTASK_CHANNELS) {
                if (!myotask_decoder_feed(samples + i, &decision)) continue;
                printf(
                    "%llu %llu %d %d %d %.9g", (unsigned long long)decision.index,
                    (unsigned long long)decision.sample, decision.likeliest, (int)decision.state,
                    decision.label, (double)decision.velocity);
                for (label = 0; label < MYOTASK_CLASSES; label++)
                    printf(" %.9g", (double)decision.logits[label]);
                for (label = 0; label < MYOTASK_CLASSES; label++)
                    printf(" %.9g", (double)decision.probabilities[label]);
                putchar('\\n');
            }
            return 0;
        }
        """

    static let compilers = ["gcc", "clang"].filter { name in
        (try? Shell.run("command -v \(name)"))?.status == 0
    }

    private static let flags = "-std=c99 -O2 -Wall -Wextra -pedantic -Werror"

    static let pipelines: [(name: String, pipeline: ConditioningPipeline)] = [
        ("none", ConditioningPipeline(phase: .causal, stages: [])),
        (
            "envelope",
            ConditioningPipeline(
                phase: .causal,
                stages: [
                    .bandPass(low: 20, high: 90), .notch(mains: 50), .envelope(cutoff: 6),
                ])
        ),
        (
            "response",
            ConditioningPipeline(
                phase: .causal,
                stages: [
                    .fir(low: 20, high: 90, length: 151), .clip(low: -30, high: 25),
                    .movingRMS(seconds: 0.05),
                ])
        ),
        (
            "energy",
            ConditioningPipeline(
                phase: .causal,
                stages: [
                    .highPass(cutoff: 20), .teagerKaiser, .rectify, .movingARV(seconds: 0.07),
                    .normalize(.mvc(values: [40, 35, 30, 25], source: "stated")),
                ])
        ),
    ]

    /// A signal with two samples that are no numbers in it, at one of them of one channel only.
    private static func signal(of example: ExportCase) -> [Float] {
        var generator = SeededGenerator(seed: 5)
        let rows = 700
        var values: [Float] = []
        for row in 0..<rows {
            for channel in 0..<example.channelCount {
                let level = 4 + 12 * Double((row / 90 + channel) % 3)
                values.append(
                    Float(level * generator.uniform(in: -1..<1) + 3 * Double(channel)))
            }
        }
        values[301 * example.channelCount + 2] = .nan
        values[302 * example.channelCount] = .infinity
        return values
    }

    private struct Row {
        let index: Int
        let sample: Int
        let likeliest: Int
        let state: Int
        let label: Int
        let velocity: Double
        let logits: [Float]
        let probabilities: [Float]

        init(_ line: Substring) {
            let words = line.split(separator: " ")
            (index, sample) = (Int(words[0]) ?? -1, Int(words[1]) ?? -1)
            (likeliest, state) = (Int(words[2]) ?? -9, Int(words[3]) ?? -9)
            (label, velocity) = (Int(words[4]) ?? -9, Double(words[5]) ?? .nan)
            let numbers = words.dropFirst(6).map { Float($0) ?? .nan }
            logits = Array(numbers.prefix(numbers.count / 2))
            probabilities = Array(numbers.suffix(numbers.count / 2))
        }
    }

    /// Compiles a decoder and runs it.
    private static func run(
        _ bundle: DecoderBundle, _ signal: [Float], with compiler: String
    ) throws -> [Row] {
        let folder = try TemporaryFolder()
        func path(_ name: String) -> String { folder.url.appending(path: name).path() }
        try CDecoder(bundle).text.write(
            toFile: path("decoder.c"), atomically: false, encoding: .utf8)
        try harness.write(toFile: path("main.c"), atomically: false, encoding: .utf8)
        try signal.littleEndian.write(to: folder.url.appending(path: "signal"))
        let wraps = ["malloc", "calloc", "realloc"].map { "-Wl,--wrap=\($0)" }.joined(
            separator: " ")
        let built = try Shell.run(
            "cd \(folder.url.path()) && \(compiler) \(flags) \(wraps) main.c decoder.c -o decoder")
        try #require(built.status == 0, "\(built.output)")
        try #require(built.output.isEmpty, "\(built.output)")
        let output = try Shell.run("cd \(folder.url.path()) && ./decoder < signal")
        try #require(output.status == 0)
        return output.output.split(separator: "\n").map { Row($0) }
    }

    /// The conditioned window of each decision of a decoder; `nil` for faults.
    private static func windows(
        _ example: ExportCase, _ bundle: DecoderBundle, _ signal: [Float]
    ) throws -> [[Float]?] {
        var stream = try bundle.makeConditioning()
        let channels = example.channelCount
        var rows: [[Float]] = []
        var result: [[Float]?] = []
        for (number, start) in stride(from: 0, to: signal.count, by: channels).enumerated() {
            var row = signal[start..<start + channels].map(Double.init)
            if row.allSatisfy(\.isFinite) {
                stream?.process(&row)
                rows.append(row.map { Float($0) })
            } else {
                rows = []
                stream?.reset()
            }
            let last = number + 1 - example.windowLength
            guard last >= 0, last.isMultiple(of: example.stride) else { continue }
            result.append(
                rows.count < example.windowLength
                    ? nil : rows.suffix(example.windowLength).flatMap(\.self))
        }
        return result
    }

    static let examples: [(example: ExportCase, compiler: String)] =
        (ExportCase.models + ExportCase.closed).enumerated()
        .flatMap { place, model in
            pipelines.indices.filter { place < 6 || $0 == 1 }.flatMap { number in
                compilers.map { compiler in
                    var example = model
                    example.pipeline = pipelines[number].pipeline
                    example.name += ", \(pipelines[number].name), \(compiler)"
                    return (example, compiler)
                }
            }
        }

    /// Control layers that reject, vote, hold and wait, with and without a neutral class.
    static let controlled: [(example: ExportCase, compiler: String)] = {
        var voting = ControlSettings()
        (voting.rejectBelow, voting.vote) = (0.45, .decisions(3))
        voting.hysteresis.enterProbability = 0.4
        voting.hysteresis.enterDuration = .decisions(2)
        voting.classes["open"] = Hysteresis()
        voting.classes["open"]?.leaveProbability = 0.5
        voting.refractorySeconds = 0.12
        voting.proportional = ProportionalOutput()
        voting.proportional?.deadBand = 0.1
        voting.proportional?.ranges = [
            "open": AmplitudeRange(low: 2, high: 12), "close": AmplitudeRange(low: 5, high: 5),
        ]
        var holding = ControlSettings()
        (holding.neutral, holding.rejectBelow, holding.whenRejected) = ("close", 0.6, .hold)
        return [("voting", voting), ("holding", holding)].flatMap { name, settings in
            compilers.map { compiler in
                var example = ExportCase.models[0]
                example.pipeline = pipelines[1].pipeline
                example.control = settings
                // Probabilities of all sizes.
                example.gain = 2
                example.name = "\(name), \(compiler)"
                return (example, compiler)
            }
        }
    }()

    @Test(arguments: examples + controlled)
    func `the compiled decoder decides as the library does`(
        _ example: ExportCase, compiler: String
    ) throws {
        let bundle = try example.bundle()
        let signal = Self.signal(of: example)
        let found = try Self.run(bundle, signal, with: compiler)
        var expected: [(decision: Decision, probabilities: [Double])] = []
        var decoder = try Decoder(bundle)
        decoder.feed(signal.span) { decision, probabilities in
            expected.append((decision, probabilities.indices.map { probabilities[$0] }))
        }
        let windows = try Self.windows(example, bundle, signal)
        try #require(found.count == expected.count && windows.count == expected.count)
        #expect(windows.contains { $0 == nil })
        if example.control != ControlSettings() {
            #expect(Set(found.map(\.state)).count >= 3)
        }
        let logits = try windows.map { try $0.map { try example.logits(of: $0, bundle) } }
        let largest = logits.compactMap(\.self).flatMap(\.self).map(abs).max() ?? 0
        var deviation: Float = 0
        for (row, (own, expected)) in zip(found, zip(logits, expected)) {
            #expect(row.index == expected.decision.index)
            #expect(row.sample == expected.decision.sample)
            #expect(row.likeliest == expected.decision.likeliestClass ?? -1)
            let output = expected.decision.output
            #expect(ControlOutput.State.allCases[row.state] == output.state)
            #expect(row.label == output.label ?? -1)
            #expect(abs(row.velocity - output.velocity) <= 1e-6)
            #expect((output.state == .fault) == (own == nil))
            for (one, other) in zip(row.logits, own ?? [0, 0, 0]) {
                deviation = max(deviation, abs(one - other))
            }
            for (one, other) in zip(row.probabilities, expected.probabilities) {
                #expect(abs(Double(one) - other) <= 1e-6 * Double(max(1, largest)))
            }
        }
        #expect(deviation <= 1e-6 * largest)
    }

    @Test(.enabled(if: !compilers.isEmpty, "needs a C compiler"))
    func `the decoder needs nothing of a library`() throws {
        for example in ExportCase.models + ExportCase.closed {
            var example = example
            example.pipeline = Self.pipelines[2].pipeline
            let folder = try TemporaryFolder()
            let file = folder.url.appending(path: "decoder.c")
            try CDecoder(example.bundle()).text.write(to: file, atomically: false, encoding: .utf8)
            let result = try Shell.run(
                "cd \(folder.url.path()) && \(Self.compilers[0]) \(Self.flags) -ffreestanding -c "
                    + "decoder.c && nm -u decoder.o")
            #expect(result.status == 0, "\(result.output)")
            // Compilers may always call these, and expect every program to have them.
            let called = result.output.split(whereSeparator: \.isWhitespace).filter { $0 != "U" }
            #expect(
                Set(called).isSubset(of: ["memcpy", "memset", "memmove", "_GLOBAL_OFFSET_TABLE_"]))
        }
    }

    @Test(.enabled(if: !compilers.isEmpty, "needs a C compiler"))
    func `the example decodes 16-bit integers`() throws {
        var example = ExportCase.models[0]
        example.pipeline = Self.pipelines[1].pipeline
        let bundle = try example.bundle()
        var generator = SeededGenerator(seed: 3)
        let words = (0..<400 * example.channelCount).map { _ in
            Int16(truncatingIfNeeded: generator.integer(below: 4_001) - 2_000)
        }
        let folder = try TemporaryFolder()
        try CDecoder(bundle).text.write(
            to: folder.url.appending(path: "decoder.c"), atomically: false, encoding: .utf8)
        try Data(
            words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        ).write(to: folder.url.appending(path: "words"))
        let result = try Shell.run(
            "cd \(folder.url.path()) && \(Self.compilers[0]) \(Self.flags) -DMYOTASK_EXAMPLE_MAIN "
                + "-DMYOTASK_EXAMPLE_SCALE=0.02f decoder.c -o decoder && ./decoder < words")
        #expect(result.status == 0)
        var lines: [(sample: Int, name: String, probabilities: [Double])] = []
        var decoder = try Decoder(bundle)
        let samples = words.map { Float($0) * 0.02 }
        decoder.feed(samples.span) { decision, probabilities in
            lines.append(
                (
                    decision.sample,
                    decision.likeliestClass.map { ExportCase.classes[$0] } ?? "fault",
                    probabilities.indices.map { probabilities[$0] }
                ))
        }
        let found = result.output.split(separator: "\n").map { $0.split(separator: "\t") }
        try #require(found.count == lines.count && !lines.isEmpty)
        for (words, line) in zip(found, lines) {
            #expect(words[0] == "\(line.sample)")
            #expect(words[1] == line.name)
            for (word, probability) in zip(words.dropFirst(4), line.probabilities) {
                #expect(abs((Double(word) ?? .nan) - probability) <= 2e-6)
            }
        }
    }

    @Test func `a conditioning without numbers is refused by what it does`() throws {
        struct Squash: PipelineStage, Hashable {
            static let key = "squash"
            static let documentation = "A function."
            static let fields: Fields<Self> = []
            func design(for input: StageInput) throws(FilterError) -> StageDesign {
                StageDesign([.sample(.function(summary: "square of each sample") { $0 * $0 })])
            }
        }
        var example = ExportCase.models[0]
        example.pipeline = ConditioningPipeline(phase: .causal, stages: [Squash()])
        #expect {
            try CDecoder(try example.bundle())
        } throws: { error in
            (error as? DecodingError)?.description
                == "conditioning: C has no form of the conditioning step \"square of each sample\"\n"
                + "  hint: leave the stage out, or export to onnx and condition samples in your own code"
        }
    }

    @Test func `the same bundle gives the same text`() throws {
        let example = ExportCase.models[4]
        let text = try CDecoder(example.bundle()).text
        #expect(try CDecoder(example.bundle()).text == text)
        #expect(text.contains("parameter_linear1_weight"))
    }
}
