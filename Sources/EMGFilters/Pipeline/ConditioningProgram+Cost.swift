private import Foundation
private import PrintableText

extension ConditioningProgram {
    /// How each step is computed, and about how much work that is.
    ///
    /// - Parameters:
    ///   - sampleCount: How many samples a channel has, at least 1.
    ///   - channelCount: How many channels there are, at least 1.
    /// - Returns: For each run through the samples which stages are done in it, and its work.
    func work(
        sampleCount: Int, channelCount: Int
    ) -> [(stages: [Int], work: OperationWork)] {
        if method.phase == .causal { return causalWork(sampleCount: sampleCount) }
        var next = 0
        return steps.map { step in
            guard case .filters(let filters) = step else {
                return Self.work(of: step, sampleCount: sampleCount)
            }
            defer { next += 1 }
            guard let response = passes[next].spectral?.response else {
                let count = filters.sectionCount
                return (
                    filters.stages,
                    OperationWork(
                        "recursive engine, \(count, of: "section") forward and backward",
                        operationsPerSample: 18 * Double(count))
                )
            }
            return (
                filters.stages,
                response.work(sampleCount: sampleCount, channelCount: channelCount)
            )
        }
    }

    /// Recursions and convolutions that follow each other work on the same samples in the cache:
    /// they are one run.
    private func causalWork(sampleCount: Int) -> [(stages: [Int], work: OperationWork)] {
        var result: [(stages: [Int], work: OperationWork)] = []
        var pending = Filters()
        func flush() {
            if !pending.isEmpty { result.append((pending.stages, pending.causalWork)) }
            pending = Filters()
        }
        for step in steps {
            if case .filters(let filters) = step {
                pending.iir += filters.iir
                pending.fir += filters.fir
                pending.stages += filters.stages
            } else {
                flush()
                result.append(Self.work(of: step, sampleCount: sampleCount))
            }
        }
        flush()
        return result
    }

    private static func work(
        of step: Step, sampleCount: Int
    ) -> (stages: [Int], work: OperationWork) {
        switch step {
        case .filters(let filters): (filters.stages, filters.causalWork)
        case .sample(_, let stage):
            ([stage], OperationWork("sample by sample", operationsPerSample: 1))
        case .channel(let operation, let stage):
            ([stage], operation.work(sampleCount: sampleCount))
        }
    }
}

extension ConditioningProgram.Filters {
    fileprivate var sectionCount: Int { iir.reduce(0) { $0 + $1.sections.sections.count } }

    /// The work of one pass forward.
    fileprivate var causalWork: OperationWork {
        let (sections, taps) = (sectionCount, fir.reduce(0) { $0 + $1.length })
        // Long FIR filters are convolved in parts by transforms.
        let weights = taps <= 64 ? Double(2 * taps) : 40 * log2(Double(taps))
        let methods = [
            sections > 0 ? "recursion of \(sections, of: "section")" : nil,
            taps > 0 ? "convolution with \(taps, of: "weight")" : nil,
        ]
        return OperationWork(
            methods.compactMap(\.self).joined(separator: " and "),
            operationsPerSample: 9 * Double(sections) + weights)
    }
}

extension ZeroPhaseResponse {
    /// The work of one pass by overlap-save.
    fileprivate func work(sampleCount: Int, channelCount: Int) -> OperationWork {
        // A narrow low-pass is run on one of `factor` weighted sums, and spread again behind it.
        let factor = reduction?.factor ?? 1
        let weights = reduction.map { 4 * Double(2 * $0.reach + 1) / Double(factor) } ?? 0
        let reach = (neededReach + factor - 1) / factor
        let length = BlockLength.best(
            reach: reach,
            segments: Array(repeating: max(1, sampleCount / factor), count: channelCount))
        let kept = max(1, length - 2 * reach)
        // Two channels travel as one complex signal, there and back.
        let block = 10 * Double(length) * log2(Double(length)) + 6 * Double(length)
        return OperationWork(
            "spectral engine, one pass with transforms of \(length, of: "sample")"
                + (factor > 1 ? " at 1/\(factor) of the rate" : "")
                + ", response reaching \(neededReach, of: "sample")",
            operationsPerSample: block / 2 / Double(kept) / Double(factor) + weights)
    }
}
