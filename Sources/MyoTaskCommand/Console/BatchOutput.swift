import Documents
import EMGBatch
import ErrorReports
import Foundation
import PrintableText

/// How a batch shows: how far it is while it runs, problems and a table at the end, in the order
/// of the inputs whatever the number of threads.
struct BatchOutput: Sendable {
    /// How many rows of a kind a table has; JSON has them all.
    private static let longestTable = 40

    /// What is done to an item, for example `converted`.
    private let verb: String
    /// Whether the result is one JSON object for programs.
    private let isJSON: Bool
    private let line: ProgressLine

    init(verb: String, isJSON: Bool = false) {
        self.verb = verb
        self.isJSON = isJSON
        line = ProgressLine(verb: verb)
    }

    /// Shows how far the batch is.
    func show(_ progress: BatchProgress) { line.show(progress) }

    /// Shows what came of the whole and says how the program ends.
    func finish(_ report: BatchReport, at place: String) throws {
        line.end()
        if isJSON {
            Console.line(JSONText.of(report.document(output: place)))
        } else {
            showTable(report, at: place)
        }
        // A shard may have nothing to do where there are fewer inputs than shards.
        let foundNothing =
            report.items.count == report.skippedCount && (report.part?.inputs ?? 0) == 0
        if foundNothing {
            let isTable = report.items.contains { $0.skipReason?.contains("--template") == true }
            FaultOutput.refuseNothing(
                hint: isTable
                    ? "give a template for the tables named above (--template FILE.yaml)"
                    : "check the paths")
        }
        if report.refusedCount > 0 || foundNothing { throw ExitStatus.refused }
    }

    private func showTable(_ report: BatchReport, at place: String) {
        FaultOutput.warn(report.notes)
        FaultOutput.refuse(report.refusals)
        var table = TextTable("input", "result", "recording or reason")
        var left = 0
        for (shown, item) in report.items.filter({ $0.outcome == .written }).enumerated() {
            if shown < Self.longestTable { add(item, verb, to: &table) } else { left += 1 }
        }
        for (shown, item) in report.items.filter({ $0.outcome == .upToDate }).enumerated() {
            if shown < Self.longestTable {
                add(item, "up to date", to: &table)
            } else {
                left += 1
            }
        }
        for (shown, item) in report.items.filter({ $0.skipReason != nil }).enumerated() {
            if shown < Self.longestTable {
                table.add([
                    Self.cell(item.input), "skipped", Self.cell(item.skipReason ?? ""),
                ])
            } else {
                left += 1
            }
        }
        for group in FaultGroup.groups(of: report.refusals) {
            let others = group.subjects.count - 1
            let input = Self.cell(group.subjects[0]) + (others > 0 ? " and \(others) more" : "")
            table.add([input, "refused", Self.cell(group.brief)])
        }
        if !table.isEmpty { Console.line(table.text) }
        if left > 0 { Console.line("… and \(left) more (--json lists all)") }
        var parts = ["\(report.writtenCount) \(verb)"]
        if report.upToDateCount > 0 { parts.append("\(report.upToDateCount) already up to date") }
        if report.skippedCount > 0 { parts.append("\(report.skippedCount) skipped") }
        if report.refusedCount > 0 { parts.append("\(report.refusedCount) refused") }
        let share = report.part.map {
            "shard \($0.shard)/\($0.shards) of \($0.inputs, of: "input"): "
        }
        Console.line("\(place): \(share ?? "")\(parts.joined(separator: ", "))")
    }

    private func add(_ item: BatchItem, _ result: String, to table: inout TextTable) {
        var text = item.recordings.first ?? ""
        if item.recordings.count > 1 { text += " and \(item.recordings.count - 1) more" }
        table.add([Self.cell(item.input), result, Self.cell(text)])
    }

    /// A cell: cut where people read it, whole where a program does.
    private static func cell(_ text: String) -> String {
        text.printable(limit: Console.showsOutput ? 100 : 10_000)
    }
}

extension BatchItem {
    /// Why it was left out; `nil` when it was not.
    fileprivate var skipReason: String? {
        if case .skipped(let reason) = outcome { reason } else { nil }
    }
}

extension BatchReport {
    /// The batch for programs.
    fileprivate func document(output: String) -> DocumentValue {
        .object(known: [
            "output": .string(output), "written": .integer(writtenCount),
            "up_to_date": .integer(upToDateCount), "skipped": .integer(skippedCount),
            "refused": .integer(refusedCount), "items": .array(items.map(\.document)),
            "warnings": .strings(warnings), "shard": part.map { .integer($0.shard) },
            "shards": part.map { .integer($0.shards) },
            "inputs": part.map { .integer($0.inputs) },
        ])
    }
}

extension BatchItem {
    /// The item for programs: for a skipped input the `reason`, for a refused one the `error`.
    var document: DocumentValue {
        let (result, reason, error): (String, String?, ErrorReport?) =
            switch outcome {
            case .written: ("written", nil, nil)
            case .upToDate: ("up_to_date", nil, nil)
            case .skipped(let reason): ("skipped", reason, nil)
            case .refused(let error): ("refused", nil, error)
            }
        return .object(known: [
            "input": .string(input), "recordings": .strings(recordings),
            "warnings": .strings(warnings), "result": .string(result),
            "reason": reason.map { .string($0) }, "error": error?.document,
        ])
    }
}
