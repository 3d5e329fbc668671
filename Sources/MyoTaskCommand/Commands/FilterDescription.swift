import Documents
import EMGArchive
import EMGBatch
import EMGFilters
import EMGSignal
import ErrorReports
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
        let response: String?
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
    /// - Parameter asJSON: Whether programs read it.
    /// - Returns: Whether a recording was refused.
    /// - Throws: When JSON cannot be written.
    func show(asJSON: Bool) throws -> Bool {
        var copy = self
        return try copy.describe(asJSON: asJSON)
    }

    private mutating func describe(asJSON: Bool) throws -> Bool {
        var refused: [FaultGroup.Note] = []
        var errors: [ErrorReport] = []
        var hum = HumOutput()
        for entry in designer.entries {
            do {
                let recording = try designer.read(entry)
                let chain = try designer.design(for: recording).chain
                hum.show(designer.hum(in: recording))
                add(recording, chain)
            } catch {
                refused.append(FaultGroup.Note(subject: entry.id, text: "\(error)"))
                errors.append(ErrorReport(error))
            }
        }
        hum.finish()
        FaultOutput.refuse(refused)
        if designer.entries.isEmpty {
            Console.problem("refused: no recording was found\n  hint: check the archive's path")
            return true
        }
        guard !asJSON else {
            let designs = kinds.map { kind in
                DocumentValue.object([
                    "recordings": .strings(kind.recordings), "duration_s": .number(kind.seconds),
                    "operations": .number(kind.operations),
                    "report": .strings(kind.report.split(separator: "\n").map(String.init)),
                ])
            }
            Console.line(
                JSONText.of(
                    .object([
                        "designs": .array(designs), "refused": .array(errors.map(\.document)),
                    ])))
            return !refused.isEmpty
        }
        for (index, kind) in kinds.enumerated() {
            if index > 0 { Console.line() }
            show(kind)
        }
        return !refused.isEmpty
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
                    report: report, response: Self.response(of: chain), cost: cost,
                    recordings: [recording.identity.id],
                    seconds: seconds, operations: cost.operations))
        }
    }

    /// What neighboring filters do to a ladder of frequencies, in decibels; for a causal chain with
    /// how late they are.
    private static func response(of chain: ConditioningChain) -> String? {
        let responses = chain.responses
        guard !responses.isEmpty else { return nil }
        let isCausal = chain.pipeline.phase == .causal
        var table = TextTable(
            [">Hz"]
                + responses.flatMap { response -> [String] in
                    let name = response.stages.joined(separator: " + ")
                    return isCausal ? [">\(name), dB", ">delay, ms"] : [">\(name), dB"]
                })
        let nyquist = responses.map(\.samplingRate.nyquist).max() ?? 0
        let ladder = (-1...5).flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
        // The frequencies of networks, which are what notches are for.
        for frequency in (ladder + [60]).sorted() where frequency <= nyquist && frequency >= 0.5 {
            table.add(
                [String(format: "%g", frequency)]
                    + responses.flatMap { response -> [String] in
                        guard frequency <= response.samplingRate.nyquist else {
                            return isCausal ? ["", ""] : [""]
                        }
                        let decibels = 20 * log10(response.magnitude(atHertz: frequency))
                        // Adding zero makes one of minus zero.
                        let level =
                            decibels < -200
                            ? "< -200"
                            : String(format: "%.2f", (decibels * 100).rounded() / 100 + 0)
                        guard isCausal else { return [level] }
                        let delay = 1_000 * response.groupDelay(atHertz: frequency)
                        return [level, String(format: "%.2f", delay)]
                    })
        }
        return table.text.split(separator: "\n").map { "   \($0)" }.joined(separator: "\n")
    }

    private func show(_ kind: Kind) {
        let shown = kind.recordings.prefix(Self.longestList).joined(separator: ", ")
        let left = kind.recordings.count - Self.longestList
        Console.line("For \(shown)\(left > 0 ? " and \(left) more" : ""):")
        Console.line(kind.report)
        if let response = kind.response {
            Console.line("response after all passes:")
            Console.line(response)
        }
        Console.line("computed as:")
        for line in kind.cost.lines { Console.line("   \(line)") }
        let operations = String(format: "%.3g", kind.operations / 1e9)
        let seconds = String(format: "%.0f", kind.seconds)
        Console.line(
            "cost: about \(operations) billion operations for "
                + "\(kind.recordings.count, of: "recording"), \(seconds) s of signal")
    }
}
