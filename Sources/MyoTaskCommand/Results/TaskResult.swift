import Documents
import EMGArchive
import EMGSignal
import EMGTasks

extension CollectionManifest {
    /// A task for programs.
    ///
    /// - Parameters:
    ///   - entry: The task.
    ///   - splits: Which split each task is in.
    /// - Returns: The task as an object of a result.
    func result(of entry: Entry, _ splits: SplitNames<String>) -> DocumentValue {
        .object([
            "task": .string(entry.id), "split": .string(splits[entry.id]),
            "samples": .integer(entry.sampleCount), "support": result(of: entry.support),
            "query": result(of: entry.query),
            "windows_without_label": .integer(entry.unlabeled?.windows ?? 0),
        ])
    }

    /// Support or query; of each range the first sample and the one behind the last.
    private func result(of portion: Portion) -> DocumentValue {
        let perClass = Dictionary(
            zip(classes, portion.windowsPerClass), uniquingKeysWith: { first, _ in first })
        return .object([
            "ranges": .array(portion.ranges.map { .integers([$0.start, $0.end]) }),
            "windows": .integer(portion.windows), "windows_per_class": .counts(perClass),
            "windows_left_out": .counts(portion.leftOut.byName),
        ])
    }
}
