import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import TaskDraws

extension CollectionManifest {
    /// A task for programs.
    ///
    /// - Parameters:
    ///   - entry: The task.
    ///   - splits: Which split each task is in.
    /// - Returns: The task as an object of a result.
    func result(of entry: Entry, _ splits: SplitNames<String>) -> DocumentValue {
        .object(known: [
            "task": .string(entry.id), "split": .string(splits[entry.id]),
            "samples": .integer(entry.sampleCount), "support": result(of: entry.support),
            "query": result(of: entry.query),
            "windows_without_label": .integer(entry.unlabeled?.windows ?? 0),
            "earlier": entry.earlier.map(result),
            "recordings": entry.recordings.isEmpty
                ? nil
                : .array(
                    entry.recordings.map {
                        .object([
                            "recording": .string($0.id), "part": .string($0.part.rawValue),
                            "samples": .integers([$0.range.start, $0.range.end]),
                        ])
                    }),
            "draw": entry.draw.isIdentity ? nil : entry.draw.document,
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
