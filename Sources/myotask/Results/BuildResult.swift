import EMGArchive
import EMGSignal
import EMGTasks
import ErrorReports
import Foundation

/// What `build` made, for programs.
struct BuildResult: Encodable {
    /// One collection.
    struct Collection: Encodable {
        let name: String
        let file: String?
        let classes: [String]
        let samplingRateHertz: Double
        let windowLength: Int
        let windowStride: Int
        let guardSamples: Int
        let tasks: [TaskResult]
    }

    let collections: [Collection]
    let refused: [Refusal]
    let warnings: [String]

    /// - Parameters:
    ///   - reports: What was built.
    ///   - file: The manifest, when there is one collection.
    init(_ reports: [BuildReport], file: URL? = nil) {
        collections = reports.map { Collection($0.manifest, file: file) }
        var said: Set<String> = []
        refused = reports.flatMap(\.refused).filter { said.insert($0.reason).inserted }
            .map(Refusal.init)
        warnings = reports.flatMap { $0.warnings + $0.manifest.warnings.map(\.description) }
            .filter { said.insert($0).inserted }
    }
}

extension BuildResult.Collection {
    init(_ manifest: CollectionManifest, file: URL?) {
        name = manifest.name
        self.file = file?.relativePath
        classes = manifest.classes
        samplingRateHertz = manifest.samplingRate.hertz
        windowLength = manifest.window.length
        windowStride = manifest.window.stride
        guardSamples = manifest.split.guardSamples
        tasks = manifest.tasks.map { TaskResult($0, of: manifest) }
    }
}

/// A recording that could not be used, for programs.
struct Refusal: Encodable {
    let recording: String
    let error: ErrorReport

    init(_ refusal: BuildReport.Refusal) {
        recording = refusal.subject
        error = refusal.error
    }
}
