import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation

/// What `window` wrote, for programs.
struct WindowResult {
    let document: DocumentValue

    init(_ report: WindowTable.Report) {
        document = .object([
            "output": .string(report.file.relativePath), "windows": .integer(report.windowCount),
            "recordings": .integer(report.recordings.count), "classes": .strings(report.classes),
            "windows_left_out": .counts(report.leftOut.byName),
            "windows_without_label": .integer(report.unlabeled.windows),
            "windows_with_quality": .counts(report.warned.byName),
            "refused": .array(report.refused.map(\.document)),
        ])
    }
}
