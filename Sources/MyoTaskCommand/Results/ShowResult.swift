import Documents
import EMGArchive
import EMGSignal

/// What `show` says of a collection or a task, for programs.
struct ShowResult {
    let document: DocumentValue

    /// - Parameters:
    ///   - manifest: The collection.
    ///   - entry: The task; `nil` for all.
    init(_ manifest: CollectionManifest, entry: CollectionManifest.Entry?) {
        let channels = manifest.channels.enumerated().map { index, channel in
            DocumentValue.object(known: [
                "name": .string(channel.name), "unit": .string(channel.unit),
                "offset": (entry?.normalization.offset[index]).map { .number($0) },
                "scale": (entry?.normalization.scale[index]).map { .number($0) },
            ])
        }
        let tasks = entry.map { [$0] } ?? manifest.tasks
        let splits = manifest.splits.names
        document = .object([
            "collection": .string(manifest.name),
            "sampling_rate_hz": .number(manifest.samplingRate.hertz),
            "classes": .strings(manifest.classes),
            "targets": .strings(manifest.targets?.columns.map(\.name) ?? []),
            "channels": .array(channels), "window_length": .integer(manifest.window.length),
            "window_stride": .integer(manifest.window.stride),
            "split": .string(manifest.split.rule),
            "guard_samples": .integer(manifest.split.guardSamples),
            "normalization": .string(manifest.normalization.method.name),
            "tasks": .array(tasks.map { manifest.result(of: $0, splits) }),
        ])
    }
}
