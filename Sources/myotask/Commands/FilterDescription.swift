import EMGArchive
import EMGBatch
import EMGFilters
import EMGSignal
import Foundation
import PrintableText

/// What `myotask filter --dry-run` says: each different design once, with the recordings it is
/// for, how it is computed and about how much work that is.
struct FilterDescription {
    /// How many ids stand in a line.
    private static let longestList = 8

    private let threads: Int
    private var designer: ConditioningDesigner
    private var kinds: [Kind] = []

    private struct Kind {
        let report: String
        let cost: ChainCost
        var recordings: [String]
        var seconds: Double
        var operations: Double
    }

    init(
        _ pipeline: ConditioningPipeline, of archive: RecordingArchive, threads: Int
    ) throws {
        self.threads = threads
        designer = try ConditioningDesigner(
            archive: archive, pipeline: pipeline, threads: threads)
    }

    /// Prints everything.
    ///
    /// - Returns: Whether a recording was refused.
    func show() throws -> Bool {
        var copy = self
        return try copy.describe()
    }

    private mutating func describe() throws -> Bool {
        var isRefused = false
        var hum = HumOutput()
        for entry in designer.entries {
            do {
                let recording = try designer.read(entry)
                let chain = try designer.design(for: recording).chain
                hum.show(designer.hum(in: recording))
                add(recording, chain)
            } catch {
                Console.problem("refused: \(entry.id.printable()): \(error)")
                isRefused = true
            }
        }
        hum.finish()
        if designer.entries.isEmpty {
            Console.problem("refused: no recording was found\n  hint: check the archive's path")
            return true
        }
        for (index, kind) in kinds.enumerated() {
            if index > 0 { Console.line() }
            show(kind)
        }
        return isRefused
    }

    private mutating func add(_ recording: Recording, _ chain: ConditioningChain) {
        let report = chain.report
        let cost = chain.cost(
            sampleCount: recording.sampleCount, channelCount: recording.channels.count)
        let seconds = recording.samplingRate.seconds(ofSamples: recording.sampleCount)
        if let index = kinds.firstIndex(where: { $0.report == report }) {
            kinds[index].recordings.append(recording.identity.id)
            kinds[index].seconds += seconds
            kinds[index].operations += cost.operations
        } else {
            kinds.append(
                Kind(
                    report: report, cost: cost, recordings: [recording.identity.id],
                    seconds: seconds, operations: cost.operations))
        }
    }

    private func show(_ kind: Kind) {
        let shown = kind.recordings.prefix(Self.longestList).joined(separator: ", ")
        let left = kind.recordings.count - Self.longestList
        Console.line("For \(shown)\(left > 0 ? " and \(left) more" : ""):")
        Console.line(kind.report)
        Console.line("computed as:")
        for line in kind.cost.lines { Console.line("   \(line)") }
        let operations = String(format: "%.3g", kind.operations / 1e9)
        let seconds = String(format: "%.0f", kind.seconds)
        let count =
            kind.recordings.count == 1 ? "1 recording" : "\(kind.recordings.count) recordings"
        Console.line(
            "cost: about \(operations) billion operations for \(count), \(seconds) s of signal")
    }
}
