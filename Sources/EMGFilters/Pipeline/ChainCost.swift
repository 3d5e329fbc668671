private import Foundation

/// How a chain is computed for a recording, and about how much work that is.
///
/// Operations are additions and multiplications as they are counted for the algorithms (5·n·log₂n
/// for a Fourier transform of n numbers), not a time: what one takes depends on the processor.
package struct ChainCost: Sendable, Hashable {
    /// A run through the samples.
    package struct Pass: Sendable, Hashable {
        /// The keys of the stages that are done in it.
        package let stages: [String]
        /// How it is done, for people.
        package let method: String
        /// Operations for each sample of each channel, counted at the rate of what goes in.
        package let operationsPerSample: Double
    }

    /// The runs, in order.
    package let passes: [Pass]
    /// Operations for the whole recording.
    package let operations: Double

    /// Lines for people.
    package var lines: [String] {
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
    package func cost(sampleCount: Int, channelCount: Int) -> ChainCost {
        precondition(
            sampleCount >= 0 && channelCount >= 1,
            "a recording has samples and channels, got \(sampleCount) and \(channelCount)")
        let keys = stages.map(\.stage.key)
        var passes: [ChainCost.Pass] = []
        // Samples now for each sample that went in.
        var ratio = 1.0
        for part in parts {
            let count = max(1, Int(Double(sampleCount) * ratio))
            for (stages, work) in part.program.work(sampleCount: count, channelCount: channelCount)
            {
                // Neighbors of one kind are named once.
                var names: [String] = []
                for stage in stages where names.last != keys[stage] { names.append(keys[stage]) }
                passes.append(
                    ChainCost.Pass(
                        stages: names, method: work.method,
                        operationsPerSample: work.operationsPerSample * ratio))
            }
            if let change = part.change {
                passes.append(
                    ChainCost.Pass(
                        stages: [keys[change.stage]], method: change.resampler.work.method,
                        operationsPerSample: change.resampler.work.operationsPerSample * ratio))
                ratio *= Double(change.resampler.up) / Double(change.resampler.down)
            }
        }
        let each = passes.reduce(0) { $0 + $1.operationsPerSample }
        return ChainCost(
            passes: passes, operations: each * Double(sampleCount) * Double(channelCount))
    }
}

extension Resampler {
    /// How it is computed, and about how much work that is, for each sample that goes in.
    fileprivate var work: OperationWork {
        let ratio = Double(up) / Double(down)
        return OperationWork(
            "polyphase filter",
            operationsPerSample: 2 * Double(2 * reach + 1) * max(1, ratio) / max(1, 1 / ratio))
    }
}
