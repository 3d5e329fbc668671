import ArgumentParser
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import PrintableText

/// `myotask audit`: whether a collection leaks.
struct AuditCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Prove from a collection's tensors that nothing leaks, and show what it holds.",
        discussion: """
            Checked: hashes, shapes and counts; that no sample is in both support and query, or in \
            tasks of two splits; that offset and scale are those of the support alone; that no \
            window reaches across a gap or contains what the quality policy excludes. The exit status is 1 on any violation.
            """)

    @Argument(help: "The collection's manifest, NAME.json.", completion: .file())
    var collection: String

    @Flag(help: "Print one JSON object for programs instead of text.")
    var json = false

    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { json }

    func run() throws {
        let audit = try CollectionAudit.audit(
            URL(filePath: collection), threads: parallelism.threads)
        if json {
            Console.line(try JSONText.of(JSONAudit(audit)))
        } else {
            show(audit)
        }
        if !audit.violations.isEmpty { throw ExitStatus.refused }
    }

    private func show(_ audit: CollectionAudit) {
        for note in audit.notes { Console.warning(note) }
        for violation in audit.violations {
            Console.problem(
                "violation: \(violation.task.isEmpty ? collection : violation.task): "
                    + violation.text)
        }
        var table = TextTable(
            "task", "split", ">support", ">query", "windows of each class", ">changes/s",
            "quality", "left out", "verdict")
        for task in audit.tasks {
            let counts = zip(audit.manifest.classes, zip(task.supportWindows, task.queryWindows))
                .map { "\($0) \($1.0)+\($1.1)" }.joined(separator: ", ")
            func text(_ counts: [String: Int]) -> String {
                counts.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
                    .joined(separator: ", ")
            }
            var leftOut = task.windowsLeftOut
            if task.windowsUnlabeled > 0 { leftOut["without label"] = task.windowsUnlabeled }
            let faults = audit.violations.count { $0.task == task.id }
            table.add(
                task.id, task.split, "\(task.supportWindows.reduce(0, +))",
                "\(task.queryWindows.reduce(0, +))", counts,
                String(format: "%.1f", task.distinctRate), text(task.windowsWithQuality),
                text(leftOut),
                faults == 0 ? "ok" : "\(faults, of: "violation")")
        }
        Console.line(table.text)
        for check in CollectionAudit.Check.allCases {
            let count = audit.violations.count { $0.check == check }
            Console.line("\(count == 0 ? "ok" : "VIOLATED"): \(check.claim)")
        }
    }
}

/// An audit for programs.
private struct JSONAudit: Encodable {
    let collection: String
    let passed: Bool
    let checks: [String: Bool]
    let violations: [CollectionAudit.Violation]
    let notes: [String]
    let classes: [String]
    let samplingRateHertz: Double
    let tasks: [CollectionAudit.TaskSummary]

    private enum CodingKeys: String, CodingKey {
        case collection, passed, checks, violations, notes, classes
        case samplingRateHertz = "sampling_rate_hz"
        case tasks
    }

    init(_ audit: CollectionAudit) {
        collection = audit.manifest.name
        passed = audit.violations.isEmpty
        checks = Dictionary(
            uniqueKeysWithValues: CollectionAudit.Check.allCases.map { check in
                (check.rawValue, !audit.violations.contains { $0.check == check })
            })
        violations = audit.violations
        notes = audit.notes
        classes = audit.manifest.classes
        samplingRateHertz = audit.manifest.samplingRate.hertz
        tasks = audit.tasks
    }
}
