import EMGArchive
import EMGSignal
import EMGTasks

/// A task of a collection, for programs.
struct TaskResult: Encodable {
    /// Support or query.
    struct Part: Encodable {
        /// First sample and the one behind the last, of each range.
        let ranges: [[Int]]
        let windows: Int
        let windowsPerClass: [String: Int]
        let windowsLeftOut: [String: Int]
    }

    let task: String
    let split: String
    let samples: Int
    let support: Part
    let query: Part
    let windowsWithoutLabel: Int

    init(_ entry: CollectionManifest.Entry, of manifest: CollectionManifest) {
        task = entry.id
        split = manifest.split(of: entry.id)
        samples = entry.sampleCount
        support = Part(entry.support, classes: manifest.classes)
        query = Part(entry.query, classes: manifest.classes)
        windowsWithoutLabel = entry.unlabeled?.windows ?? 0
    }
}

extension TaskResult.Part {
    init(_ portion: CollectionManifest.Portion, classes: [String]) {
        ranges = portion.ranges.map { [$0.start, $0.end] }
        windows = portion.windows
        windowsPerClass = Dictionary(
            zip(classes, portion.windowsPerClass), uniquingKeysWith: { first, _ in first })
        windowsLeftOut = portion.leftOut.byName
    }
}

extension CollectionManifest {
    /// Which split a task is in.
    func split(of id: String) -> String {
        if splits.train.contains(id) { return "train" }
        return splits.validation.contains(id) ? "validation" : "test"
    }
}
