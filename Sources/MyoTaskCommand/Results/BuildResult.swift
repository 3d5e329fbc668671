import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import ErrorReports
import Foundation

/// What `build` made, for programs.
struct BuildResult {
    let document: DocumentValue

    /// - Parameters:
    ///   - reports: What was built.
    ///   - file: The manifest, when there is one collection.
    init(_ reports: [BuildReport], file: URL? = nil) {
        var said: Set<String> = []
        let refused = reports.flatMap(\.refused).filter { said.insert($0.reason).inserted }
        let warnings = reports.flatMap { $0.warnings + $0.manifest.warnings.map(\.description) }
            .filter { said.insert($0).inserted }
        document = .object([
            "collections": .array(reports.map { Self.collection($0.manifest, file: file) }),
            "refused": .array(refused.map(\.document)), "warnings": .strings(warnings),
        ])
    }

    private static func collection(_ manifest: CollectionManifest, file: URL?) -> DocumentValue {
        let splits = manifest.splits.names
        return .object(known: [
            "name": .string(manifest.name), "file": (file?.relativePath).map { .string($0) },
            "classes": .strings(manifest.classes),
            "sampling_rate_hz": .number(manifest.samplingRate.hertz),
            "window_length": .integer(manifest.window.length),
            "window_stride": .integer(manifest.window.stride),
            "guard_samples": .integer(manifest.split.guardSamples),
            "tasks": .array(manifest.tasks.map { manifest.result(of: $0, splits) }),
        ])
    }
}

extension BuildReport.Refusal {
    /// A recording that could not be used, for programs.
    var document: DocumentValue {
        .object(["recording": .string(subject), "error": error.document])
    }
}
