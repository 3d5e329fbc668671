import ArgumentParser
import ArrayCollections
import Documents
import EMGArchive
import EMGBatch
import EMGSignal
import EMGTasks
import Experiments
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
            window reaches across a gap or contains what the quality policy excludes. Of labeled \
            arrays: hashes and counts of every class, and that no class, with all its samples and \
            turns, is in two splits. The exit status is 1 on any violation.
            """)

    @Argument(help: "The collection's manifest, NAME.json.", completion: .file())
    var collection: String

    @Flag(help: "Print one JSON object for programs instead of text.")
    var json = false

    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { json }

    func run() throws {
        guard !LearningCollection.isOfArrays(URL(filePath: collection)) else {
            return try auditArrays()
        }
        let audit = try CollectionAudit.audit(
            URL(filePath: collection), kinds: CommandContext.current.kinds,
            threads: parallelism.threads)
        if json {
            Console.line(JSONText.of(Self.document(audit)))
        } else {
            show(audit)
        }
        if !audit.violations.isEmpty { throw ExitStatus.refused }
    }

    private func auditArrays() throws {
        let audit = try ArrayAudit.audit(URL(filePath: collection))
        if json {
            Console.line(JSONText.of(Self.document(audit)))
        } else {
            FaultOutput.warn(audit.notes)
            FaultOutput.refuse(
                audit.violations.map {
                    FaultGroup.Note(subject: collection, text: "\(collection): \($0.text)")
                }, as: "violation")
            Console.line(ArraysResult(audit.manifest).table)
            for check in ArrayAudit.Check.allCases {
                let count = audit.violations.count { $0.check == check }
                Console.line("\(count == 0 ? "ok" : "VIOLATED"): \(check.claim)")
            }
        }
        if !audit.violations.isEmpty { throw ExitStatus.refused }
    }

    private static func document(_ audit: ArrayAudit) -> DocumentValue {
        .object([
            "collection": .string(audit.manifest.name),
            "passed": .boolean(audit.violations.isEmpty),
            "checks": .object(
                sorted: Dictionary(
                    uniqueKeysWithValues: ArrayAudit.Check.allCases.map { check in
                        (
                            check.rawValue,
                            .boolean(!audit.violations.contains { $0.check == check })
                        )
                    })),
            "violations": .array(
                audit.violations.map {
                    .object([
                        "check": .string($0.check.rawValue), "name": .string($0.name),
                        "text": .string($0.text),
                    ])
                }), "notes": .strings(audit.notes),
        ])
    }

    private func show(_ audit: CollectionAudit) {
        FaultOutput.warn(audit.notes)
        FaultOutput.refuse(
            audit.violations.map { violation in
                let subject = violation.task.isEmpty ? collection : violation.task
                return FaultGroup.Note(subject: subject, text: "\(subject): \(violation.text)")
            }, as: "violation")
        var faults: [String: Int] = [:]
        for violation in audit.violations { faults[violation.task, default: 0] += 1 }
        var table = TextTable(
            [
                "task", "split", ">support", ">query", "windows of each class", ">changes/s",
                "quality", "left out", "verdict",
            ], longest: TextTable.mostTasks)
        for task in audit.tasks {
            let counts = zip(audit.manifest.classes, zip(task.supportWindows, task.queryWindows))
                .map { "\($0) \($1.0)+\($1.1)" }.joined(separator: ", ")
            func text(_ counts: [String: Int]) -> String {
                counts.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
                    .joined(separator: ", ")
            }
            var leftOut = task.windowsLeftOut
            if task.windowsUnlabeled > 0 { leftOut["without label"] = task.windowsUnlabeled }
            let faults = faults[task.id] ?? 0
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

    /// The audit for programs.
    private static func document(_ audit: CollectionAudit) -> DocumentValue {
        let checks = CollectionAudit.Check.allCases.map { check in
            (
                check.rawValue,
                DocumentValue.boolean(!audit.violations.contains { $0.check == check })
            )
        }
        let violations = audit.violations.map { violation in
            DocumentValue.object([
                "check": .string(violation.check.rawValue), "task": .string(violation.task),
                "text": .string(violation.text),
            ])
        }
        return .object([
            "collection": .string(audit.manifest.name),
            "passed": .boolean(audit.violations.isEmpty),
            "checks": .object(sorted: Dictionary(uniqueKeysWithValues: checks)),
            "violations": .array(violations), "notes": .strings(audit.notes),
            "classes": .strings(audit.manifest.classes),
            "sampling_rate_hz": .number(audit.manifest.samplingRate.hertz),
            "tasks": .array(audit.tasks.map(document)),
        ])
    }

    private static func document(_ task: CollectionAudit.TaskSummary) -> DocumentValue {
        .object([
            "id": .string(task.id), "split": .string(task.split),
            "support_windows": .integers(task.supportWindows),
            "query_windows": .integers(task.queryWindows),
            "distinct_rate_hz": .number(task.distinctRate),
            "windows_with_quality": .counts(task.windowsWithQuality),
            "windows_left_out": .counts(task.windowsLeftOut),
            "windows_unlabeled": .integer(task.windowsUnlabeled),
        ])
    }
}
