private import Foundation
import PrintableText

/// How a chain is computed for a recording, and about how much work that is.
///
/// Operations are additions and multiplications as they are counted for the algorithms (5·n·log₂n
/// for a Fourier transform of n numbers), not a time: what one takes depends on the processor.
public struct ChainCost: Sendable, Hashable {
    /// A run through the samples.
    public struct Pass: Sendable, Hashable {
        /// The keys of the stages that are done in it.
        public let stages: [String]
        /// How it is done, for people.
        public let method: String
        /// Operations for each sample of each channel, counted at the rate of what goes in.
        public let operationsPerSample: Double
    }

    /// The runs, in order.
    public let passes: [Pass]
    /// Operations for the whole recording.
    public let operations: Double

    /// Lines for people.
    public var lines: [String] {
        passes.map { pass in
            let count = String(format: "%.0f", pass.operationsPerSample)
            return "\(pass.stages.joined(separator: " + ")): \(pass.method), about \(count) "
                + "operation\(count == "1" ? "" : "s") a sample and channel"
        }
    }
}

extension ConditioningChain {
    /// How the chain is computed for a recording, and about how much work that is.
    ///
    /// - Parameters:
    ///   - sampleCount: How many samples the recording has, at least 0.
    ///   - channelCount: How many channels, at least 1.
    /// - Returns: The runs through the samples and their work.
    public func cost(sampleCount: Int, channelCount: Int) -> ChainCost {
        precondition(
            sampleCount >= 0 && channelCount >= 1,
            "a recording has samples and channels, got \(sampleCount) and \(channelCount)")
        var drafting = CostDrafting(
            pipeline: pipeline, sampleCount: sampleCount, channelCount: channelCount)
        for stage in stages {
            for element in stage.elements { drafting.add(element, of: stage.stage.key) }
        }
        drafting.endFilters()
        let each = drafting.passes.reduce(0) { $0 + $1.operationsPerSample }
        return ChainCost(
            passes: drafting.passes,
            operations: each * Double(sampleCount) * Double(channelCount))
    }
}

private struct CostDrafting {
    let pipeline: ConditioningPipeline
    let sampleCount: Int
    let channelCount: Int
    var passes: [ChainCost.Pass] = []
    private var keys: [String] = []
    private var recursive: [FilterDesign] = []
    private var finite: [FIRDesign] = []
    /// Samples now for each sample that went in.
    private var ratio = 1.0

    init(pipeline: ConditioningPipeline, sampleCount: Int, channelCount: Int) {
        self.pipeline = pipeline
        self.sampleCount = sampleCount
        self.channelCount = channelCount
    }

    private var count: Int { max(1, Int(Double(sampleCount) * ratio)) }

    mutating func add(_ element: StageElement, of key: String) {
        switch element {
        case .filter(let design):
            if pipeline.edges == .scipy, pipeline.phase == .zero { endFilters() }
            recursive.append(design)
            if keys.last != key { keys.append(key) }
        case .finite(let design):
            finite.append(design)
            if keys.last != key { keys.append(key) }
        case .sample:
            endFilters()
            append([key], "sample by sample", 1)
        case .channel(let operation):
            endFilters()
            let transforms = 10 * log2(Double(count) + 1)
            switch operation {
            case .window: append([key], "running sums", 6)
            case .energy: append([key], "sample by sample", 3)
            case .hilbert, .interpolation:
                append([key], "transforms of whole stretches", transforms + 6)
            case .detrend: append([key], "whole stretches", 6)
            case .normalize(let kind):
                switch kind {
                case .mvc: append([key], "sample by sample", 1)
                case .percentile, .mvcRecording:
                    append([key], "sorted magnitudes", 2 * log2(Double(count) + 1) + 2)
                case .zScore, .minMax: append([key], "whole channels", 6)
                }
            }
        case .resample(let change):
            endFilters()
            let up = Double(change.up) / Double(change.down)
            append(
                [key], "polyphase filter",
                2 * Double(2 * change.reach + 1) * max(1, up) / max(1, 1 / up))
            ratio *= up
        }
    }

    mutating func endFilters() {
        defer { (keys, recursive, finite) = ([], [], []) }
        guard !recursive.isEmpty || !finite.isEmpty else { return }
        let sections = recursive.reduce(0) { $0 + $1.sections.sections.count }
        if pipeline.phase == .causal {
            let taps = finite.reduce(0) { $0 + $1.length }
            // Long finite filters are convolved in parts by transforms.
            let weights = taps <= 64 ? Double(2 * taps) : 40 * log2(Double(taps))
            append(
                keys,
                [
                    sections > 0 ? "recursion of \(sections, of: "section")" : nil,
                    taps > 0 ? "convolution with \(taps, of: "weight")" : nil,
                ].compactMap(\.self).joined(separator: " and "),
                9 * Double(sections) + weights)
            return
        }
        if pipeline.engine == .recursive, sections > 0 {
            append(
                keys, "recursive engine, \(sections, of: "section") forward and backward",
                18 * Double(sections))
            if finite.isEmpty { return }
            recursive = []
        }
        let level =
            pipeline.precision == .single
            ? ZeroPhaseResponse.singleTruncationLevel : ZeroPhaseResponse.truncationLevel
        let response = ZeroPhaseResponse(recursive, finite: finite, level: level)
        // A narrow low-pass is run on one of `factor` weighted sums, and spread again behind it.
        let factor = response.reduction?.factor ?? 1
        let weights = response.reduction.map { 4 * Double(2 * $0.reach + 1) / Double(factor) } ?? 0
        let reach = (response.neededReach + factor - 1) / factor
        let length = BlockLength.best(
            reach: reach, stretches: Array(repeating: max(1, count / factor), count: channelCount))
        let kept = max(1, length - 2 * reach)
        // Two channels travel as one complex signal, there and back.
        let block = 10 * Double(length) * log2(Double(length)) + 6 * Double(length)
        append(
            keys,
            "spectral engine, one pass with transforms of \(length, of: "sample")"
                + (factor > 1 ? " at 1/\(factor) of the rate" : "")
                + ", response reaching \(response.neededReach, of: "sample")",
            block / 2 / Double(kept) / Double(factor) + weights)
    }

    private mutating func append(_ keys: [String], _ method: String, _ operations: Double) {
        passes.append(
            ChainCost.Pass(stages: keys, method: method, operationsPerSample: operations * ratio))
    }
}
