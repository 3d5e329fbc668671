import EMGArchive
import EMGSignal
import EMGTasks

/// What `window` wrote, for programs.
struct WindowResult: Encodable {
    let output: String
    let windows: Int
    let recordings: Int
    let classes: [String]
    let windowsLeftOut: [String: Int]
    let windowsWithoutLabel: Int
    let windowsWithQuality: [String: Int]
    let refused: [Refusal]

    init(_ report: WindowTable.Report, output: String) {
        self.output = output
        windows = report.windowCount
        recordings = report.recordings.count
        classes = report.classes
        windowsLeftOut = report.leftOut.byName
        windowsWithoutLabel = report.unlabeled.windows
        windowsWithQuality = report.warned.byName
        refused = report.refused.map(Refusal.init)
    }
}
