import Decoding
import Documents
import EMGArchive
import EMGTasks
import ErrorReports
import Files
import Foundation
import Parallel
import Statistics

/// The part of `myotask evaluate` that scores a decoder on recordings.
struct DecoderEvaluation {
    let bundle: DecoderBundle
    /// An archive's folder, or the file of a recording.
    let recordings: URL
    let split: SplitSettings?
    let threads: Int
    let isJSON: Bool

    func run() throws {
        let evaluation = try BundleEvaluation(
            bundle, split: split, kinds: CommandContext.current.kinds)
        let files =
            Folder.exists(at: recordings)
            ? try RecordingArchive(folder: recordings).recordings().map(\.url) : [recordings]
        let outcomes = try concurrentMap(count: files.count, threads: threads) { index in
            do {
                return Outcome.evaluated(try evaluation.evaluate(files[index]))
            } catch  where Failure.isExpected(error) && MachineFault.behind(error) == nil {
                return .refused(
                    ErrorReport(error, text: "\(files[index].relativePath): \(error)"))
            }
        }
        let results = outcomes.compactMap(\.result)
        let refused = outcomes.compactMap(\.fault)
        if isJSON {
            Console.line(JSONText.of(try document(evaluation, results, refused)))
        } else {
            try show(evaluation, results, refused)
        }
        if !refused.isEmpty { throw ExitStatus.refused }
    }

    private enum Outcome: Sendable {
        case evaluated(BundleEvaluation.Result)
        case refused(ErrorReport)

        var result: BundleEvaluation.Result? {
            if case .evaluated(let result) = self { result } else { nil }
        }
        var fault: ErrorReport? {
            if case .refused(let fault) = self { fault } else { nil }
        }
    }

    private func show(
        _ evaluation: BundleEvaluation, _ results: [BundleEvaluation.Result],
        _ refused: [ErrorReport]
    ) throws {
        for fault in refused { Console.problem("refused: \(fault)") }
        if split == nil, let own = results.first(where: \.isAdaptedTo) {
            Console.warning(
                "\(own.id): the decoder was adapted to a part of it, which is scored too; --query "
                    + "leaves that part out")
        }
        guard !results.isEmpty else { return }
        var table = TextTable("recording", ">decisions", ">labeled", ">accuracy")
        for result in results {
            let metrics = try evaluation.metrics(of: [result])
            table.add(
                result.id, "\(metrics.count)", "\(metrics.labeledCount)",
                metrics.accuracy.map(CompactNumber.share) ?? "–")
        }
        Console.line(table.text)
        Console.line(try evaluation.metrics(of: results).text)
    }

    private func document(
        _ evaluation: BundleEvaluation, _ results: [BundleEvaluation.Result],
        _ refused: [ErrorReport]
    ) throws -> DocumentValue {
        .object([
            "recordings": .array(
                try results.map { result in
                    .object([
                        "id": .string(result.id), "patient": .string(result.patient),
                        "is_adapted_to": .boolean(result.isAdaptedTo),
                        "metrics": try evaluation.metrics(of: [result]).document,
                    ])
                }),
            "metrics": results.isEmpty
                ? DocumentValue(.null) : try evaluation.metrics(of: results).document,
            "refused": .array(refused.map(\.document)),
        ])
    }
}
